"""From a checkpoint to the shipped weights: ONNX, fused, dense layers in eight bits.

    python -m training.encoder.export --checkpoint build/encoder/both/checkpoint.pt

Needs onnx and onnxruntime beside what training needs. The embeddings are eight bits too, so that the file is a
quarter of the published one.
"""

import argparse
import hashlib
import json
import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers import optimizer
from onnxruntime.transformers.fusion_options import FusionOptions
from torch import nn

from training.encoder.network import HEADS, WIDTH, Tagger

INPUTS, OUTPUTS = ["ids", "kinds", "mask"], ["statements", "names"]
TARGET = Path("src/onrecord/extract/weights/encoder.onnx")


def export(checkpoint: Path, target: Path) -> str:
    """Writes `target`, and returns its SHA-256."""
    model = Tagger()
    model.load_state_dict(torch.load(checkpoint, weights_only=True)["model"])
    axes = {0: "batch", 1: "length"}
    write(model, INPUTS, dict.fromkeys(OUTPUTS, axes), target)
    graph = onnx.load(str(target))
    rows = {
        task: [[round(value, 4) for value in row] for row in table.tolist()]
        for task, table in model.transitions.items()
    }
    onnx.helper.set_model_props(graph, {"transitions": json.dumps(rows)})
    onnx.save(graph, str(target))
    return hashlib.sha256(target.read_bytes()).hexdigest()


def write(model: nn.Module, inputs: list[str], outputs: dict[str, dict[int, str]], target: Path) -> None:
    """A network of our encoder's layers as ONNX, fused, dense layers in eight bits. `inputs` are whole numbers (batch,
    length); `outputs`: the names of their axes."""
    model.eval()
    with tempfile.TemporaryDirectory() as folder:
        plain, fused = Path(folder) / "plain.onnx", Path(folder) / "fused.onnx"
        torch.onnx.export(
            model,
            tuple(torch.ones(2, 16, dtype=torch.long) for _ in inputs),
            str(plain),
            input_names=inputs,
            output_names=list(outputs),
            dynamic_axes={key: {0: "batch", 1: "length"} for key in inputs} | outputs,
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--target", type=Path, default=TARGET)
    given = parser.parse_args()
    print(given.target, export(given.checkpoint, given.target), given.target.stat().st_size)


if __name__ == "__main__":
    main()
