"""The trained encoder: one network that reads every paragraph once and tells of each word whether it is part of the
source, cue or content of a statement, and whether it is part of a name, and of what kind.

all-MiniLM-L6-v2 fine-tuned (see `weights/encoder.md`), in eight bits, run by onnxruntime on one core.
"""

from onrecord.extract.encoder.labels import Labelled, label, names
from onrecord.extract.encoder.network import NOTHING, Reading, read

__all__ = ["NOTHING", "Labelled", "Reading", "label", "names", "read"]
