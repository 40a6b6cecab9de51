"""From a checkpoint to the shipped weights: ONNX, fused, dense layers and embeddings in eight bits.

python -m training.events.export --checkpoint build/events/checkpoint.pt
"""

import argparse
import hashlib
from pathlib import Path

import torch

from training.encoder.export import write
from training.events.encoder import Typer

INPUTS = ["ids", "marks", "between"]
TARGET = Path("src/onrecord/extract/weights/events.onnx")


def export(checkpoint: Path, target: Path) -> str:
    """Writes `target`, and returns its SHA-256."""
    model = Typer()
    model.load_state_dict(torch.load(checkpoint, weights_only=True))
    write(model, INPUTS, {"scores": {0: "batch"}}, target)
    return hashlib.sha256(target.read_bytes()).hexdigest()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--target", type=Path, default=TARGET)
    given = parser.parse_args()
    print(given.target, export(given.checkpoint, given.target), given.target.stat().st_size)


if __name__ == "__main__":
    main()
