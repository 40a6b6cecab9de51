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

from training.encoder.network import HEADS, WIDTH, Tagger

INPUTS, OUTPUTS = ["ids", "kinds", "mask"], ["statements", "names"]
TARGET = Path("src/onrecord/extract/weights/encoder.onnx")


def export(checkpoint: Path, target: Path) -> str:
    """Writes `target`, and returns its SHA-256."""
    model = Tagger()
    model.load_state_dict(torch.load(checkpoint, weights_only=True)["model"])
    model.eval()
    with tempfile.TemporaryDirectory() as folder:
        plain, fused = Path(folder) / "plain.onnx", Path(folder) / "fused.onnx"
        example = tuple(torch.ones(2, 16, dtype=torch.long) for _ in INPUTS)
        axes = {0: "batch", 1: "length"}
        torch.onnx.export(
            model,
            example,
            str(plain),
            input_names=INPUTS,
            output_names=OUTPUTS,
            dynamic_axes=dict.fromkeys([*INPUTS, *OUTPUTS], axes),
            opset_version=17,
            dynamo=False,
        )
        options = FusionOptions("bert")
        options.enable_embed_layer_norm = False
        optimized = optimizer.optimize_model(
            str(plain), model_type="bert", num_heads=HEADS, hidden_size=WIDTH, optimization_options=options
        )
        optimized.save_model_to_file(str(fused))
        print(optimized.get_fused_operator_statistics())
        quantize_dynamic(
            str(fused),
            str(target),
            weight_type=QuantType.QInt8,
            per_channel=True,
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
        )
    graph = onnx.load(str(target))
    rows = {
        task: [[round(value, 4) for value in row] for row in table.tolist()]
        for task, table in model.transitions.items()
    }
    onnx.helper.set_model_props(graph, {"transitions": json.dumps(rows)})
    onnx.save(graph, str(target))
    return hashlib.sha256(target.read_bytes()).hexdigest()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--target", type=Path, default=TARGET)
    given = parser.parse_args()
    print(given.target, export(given.checkpoint, given.target), given.target.stat().st_size)


if __name__ == "__main__":
    main()
