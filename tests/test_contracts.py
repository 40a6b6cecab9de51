"""What other programs, and our own later selves, hold on to."""

import ast
import importlib
import json
import re
from pathlib import Path

import msgspec
import pytest

import onrecord
from onrecord.export.schema import LINES, json_schema
from onrecord.settings import Settings

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "onrecord"
CODE = sorted(p for folder in ("src", "tests", "evals", "bench", "docs") for p in (ROOT / folder).rglob("*.py"))

# Who stands on which rung may import only from rungs below; rooms on one rung are strangers to each other.
LADDER = [
    {"errors", "settings", "pool"},
    {"model"},
    {"read", "extract", "ledger"},
    {"link"},
    {"pipeline"},
    {"export", "web"},
    {"__init__"},
    {"cli"},
]
RUNG = {room: rung for rung, rooms in enumerate(LADDER) for room in rooms}


def imports(path):
    """The rooms that a file imports, wherever in the file."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            names = (
                [f"{node.module}.{alias.name}" for alias in node.names] if node.module == "onrecord" else [node.module]
            )
        else:
            continue
        for name in names:
            parts = name.split(".")
            if parts[0] == "onrecord":
                yield parts[1] if len(parts) > 1 and parts[1] in RUNG else "__init__"


def room_of(path):
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_imports_go_down_the_ladder(path):
    room = room_of(path)
    assert room in RUNG, f"{room} stands on no rung: name its place in LADDER and in docs/ARCHITECTURE.md"
    for imported in imports(path):
        if imported != room and not (imported == "__init__" and room == "cli"):
            assert RUNG[imported] < RUNG[room], f"{path.name} is of {room} and imports {imported}"


@pytest.mark.parametrize("path", CODE, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_no_file_is_longer_than_400_lines(path):
    assert len(path.read_text("utf-8").splitlines()) <= 400


def test_exported_names_are_these_and_exist():
    for name in onrecord.__all__:
        assert getattr(onrecord, name) is not None
        if name != "__version__":
            assert name in (PACKAGE / "__init__.py").read_text("utf-8")
    assert sorted(onrecord.__all__) == list(dict.fromkeys(sorted(onrecord.__all__)))
