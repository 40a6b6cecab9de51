"""What other programs, and our own later selves, hold on to."""

import ast
import re
import textwrap
import tomllib
from pathlib import Path

import msgspec
import pytest
from docs import generate

import onrecord
from onrecord.settings import Settings

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "onrecord"
CODE = sorted(p for folder in ("src", "tests", "evals", "bench", "docs") for p in (ROOT / folder).rglob("*.py"))

# Who stands on which rung may import only from rungs below; rooms on one rung are strangers to each other.
LADDER = [
    {"errors"},
    {"settings", "pool"},
    {"model"},
    {"read", "extract", "ledger"},
    {"link"},
    {"pipeline"},
    {"export", "web"},
    {"__init__"},
    {"cli"},
    {"__main__"},
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


PUBLIC = {
    "verbs": ["add", "anchor", "extract", "lines", "read", "verify"],
    "values": ["Document", "Entity", "Entry", "Figure", "Place", "Selector", "Span", "Statement", "Timex"],
    "errors": ["InputError", "LedgerError", "OnrecordError"],
    "the rest": ["Ledger", "Problem", "Report", "Settings", "__version__"],
}


def test_exported_names_are_these_and_each_is_documented():
    assert sorted(onrecord.__all__) == sorted(name for names in PUBLIC.values() for name in names)
    for name in onrecord.__all__:
        assert name == "__version__" or getattr(onrecord, name).__doc__, name


def test_the_example_of_the_package_runs(tmp_path, monkeypatch, capsys):
    raw = b"Ferry stays in port\n\nThe ferry will not sail this week, harbour master Ilse Brandt said on Monday."
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.txt").write_bytes(raw)
    monkeypatch.chdir(tmp_path)
    lines = (onrecord.__doc__ or "").splitlines(keepends=True)
    example = textwrap.dedent("".join(line for line in lines if line.startswith("    ")))
    names = {"raw": raw}
    exec(example.replace("ledger)  ", "ledger, onrecord.Settings(jobs=1))  "), names)
    assert "Ilse Brandt" in capsys.readouterr().out
    assert names["problems"] == [] and names["report"].added == 1 and names["entries"]


def test_every_setting_has_a_help_and_can_be_given_on_the_command_line():
    fields = {field.name: field for field in msgspec.structs.fields(Settings)}
    properties = msgspec.json.schema(Settings)["$defs"]["Settings"]["properties"]
    assert all(properties[name].get("description") for name in fields)
    commands = (ROOT / "docs" / "COMMANDS.md").read_text("utf-8")
    for name in fields:
        assert f"`--{name.replace('_', '-')}`" in commands, name
        assert f"`ONRECORD_{name.upper()}`" in commands, name


@pytest.mark.parametrize("page", generate.PAGES)
def test_generated_pages_are_current(page):
    current = (ROOT / "docs" / page).read_text("utf-8")
    assert current == generate.PAGES[page](), f"docs/{page} is stale: run `make docs`"


def test_every_error_is_in_the_tree_at_the_top_of_its_file():
    tree = (onrecord.errors.__doc__ or "").splitlines()
    for name, kind in vars(onrecord.errors).items():
        if isinstance(kind, type) and issubclass(kind, onrecord.OnrecordError):
            assert any(re.search(rf"\b{name}\b", line) for line in tree), name


def test_an_input_error_crosses_a_process_border():
    import pickle

    error = onrecord.InputError("a.txt", "the file is empty", "save it again")
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.step) == ("a.txt: the file is empty; save it again", "save it again")


def test_the_lock_holds_what_pyproject_asks_for():
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    for dependency in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]:
        name = re.split(r"[<>=]", dependency)[0]
        assert re.search(rf"(?m)^{re.escape(name)}==", lock), f"{name} is not pinned: run `make lock`"
