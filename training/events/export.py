"""From a checkpoint to the shipped weights: ONNX, fused, dense layers and embeddings in eight bits.

python -m training.events.export --checkpoint build/events/checkpoint.pt
"""

import argparse
import hashlib
import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers import optimizer
from onnxruntime.transformers.fusion_options import FusionOptions

from training.encoder.network import HEADS, WIDTH
from training.events.encoder import Typer

INPUTS = ["ids", "marks", "between"]
TARGET = Path("src/onrecord/extract/weights/events.onnx")


def export(checkpoint: Path, target: Path) -> str:
    """Writes `target`, and returns its SHA-256."""
    model = Typer()
    model.load_state_dict(torch.load(checkpoint, weights_only=True))
    model.eval()
    axes = {0: "batch", 1: "length"}
    with tempfile.TemporaryDirectory() as folder:
        plain, fused = Path(folder) / "plain.onnx", Path(folder) / "fused.onnx"
        torch.onnx.export(
            model,
            tuple(torch.ones(2, 16, dtype=torch.long) for _ in INPUTS),
            str(plain),
            input_names=INPUTS,
            output_names=["scores"],
            dynamic_axes=dict.fromkeys(INPUTS, axes) | {"scores": {0: "batch"}},
            opset_version=17,
            dynamo=False,
        )
        options = FusionOptions("bert")
        options.enable_embed_layer_norm = False
        optimized = optimizer.optimize_model(
            str(plain), model_type="bert", num_heads=HEADS, hidden_size=WIDTH, optimization_options=options
        )
        optimized.save_model_to_file(str(fused))
        quantize_dynamic(
            str(fused),
            str(target),
            weight_type=QuantType.QInt8,
            per_channel=True,
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
        )
    return hashlib.sha256(target.read_bytes()).hexdigest()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--target", type=Path, default=TARGET)
    given = parser.parse_args()
    print(given.target, export(given.checkpoint, given.target), given.target.stat().st_size)


if __name__ == "__main__":
    main()
