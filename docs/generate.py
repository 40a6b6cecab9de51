"""`python -m docs.generate`: write COMMANDS.md and FORMAT.md from the code, so that they cannot tell anything else."""

import inspect
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import typer

from onrecord.cli.app import app
from onrecord.export import csv, geojson, ical, plover, polecat
from onrecord.export.schema import LINES, json_schema
from onrecord.settings import Settings

DOCS = Path(__file__).parent
_MADE = "<!-- Made by `python -m docs.generate` (`make docs`); change the code, not this file. -->"


def commands() -> str:
    """The reference of the command line: every command, option and setting."""
    root: Any = typer.main.get_command(app)
    parts = ["# Commands", _MADE, *_command(root, "onrecord")]
    for name, command in root.commands.items():
        if hasattr(command, "commands"):
            parts += [f"## onrecord {name}", inspect.cleandoc(command.help or "")]
            for inner, sub in command.commands.items():
                parts += [f"### onrecord {name} {inner}", *_command(sub, f"onrecord {name} {inner}")]
        else:
            parts += [f"## onrecord {name}", *_command(command, f"onrecord {name}")]
    parts += ["## Settings", *_settings()]
    return "\n\n".join(parts) + "\n"


def _command(command: Any, path: str) -> Iterator[str]:
    with command.make_context(path, [], resilient_parsing=True) as context:
        pieces = command.collect_usage_pieces(context)
        yield f"```\n{path} {' '.join(pieces)}\n```"
        if command.help:
            yield _EXAMPLES.sub(_fenced, inspect.cleandoc(command.help).replace("\b\n", ""))
        rows = [(_spelling(p), _help(p)) for p in command.params if not getattr(p, "hidden", False)]
        if rows:
            yield _table(("option", "meaning"), rows)


_EXAMPLES = re.compile(r"(?m)^(.*:)\n((?:  .*(?:\n|$))+)")


def _fenced(found: re.Match[str]) -> str:
    return f"{found[1]}\n\n```\n{inspect.cleandoc(found[2])}\n```\n"


def _spelling(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return f"`{(parameter.metavar or parameter.name or '').upper()}`"
    names = ", ".join(f"`{name}`" for name in (*parameter.opts, *parameter.secondary_opts))
    return f"{names} {parameter.metavar}" if parameter.metavar else names


def _help(parameter: Any) -> str:
    return str(getattr(parameter, "help", None) or "")


def _settings() -> Iterator[str]:
    yield (
        "Each is read from the command line where a command has the option, then from the environment, then it is "
        "the default. A value that cannot be used is an error, and no command starts."
    )
    rows = []
    for field in msgspec.structs.fields(Settings):
        limits = msgspec.json.schema(Settings)["$defs"]["Settings"]["properties"][field.name]
        rows.append((f"`ONRECORD_{field.name.upper()}`", f"`{field.default}`", limits.get("description", "")))
    yield _table(("variable", "default", "meaning"), rows)


def formats() -> str:
    """The reference of what comes out: every line of `export jsonl`, every column of `export csv`."""
    schema = json_schema()
    definitions: dict[str, Any] = schema["$defs"]
    lines = {kind: definitions.pop(type_.__name__) for kind, type_ in LINES.items()}
    parts = [
        "# Format of an export",
        _MADE,
        "## JSONL",
        "`onrecord export jsonl` writes one object a line, `kind` first. `onrecord schema` prints the same as JSON "
        "Schema, draft 2020-12. Every field is always there; `null` means that the text does not say, or that we "
        "could not tell. Offsets count Unicode code points of `document.text`, half-open, so that `text` equals "
        "`document.text[start:end]`. For each document come its line, then the lines of its entries; `entity` lines, "
        "merged over all documents, come last.",
    ]
    for kind, definition in lines.items():
        parts += [f"### {kind}", " ".join(definition["description"].split()), _fields(definition)]
    parts.append("### Objects inside lines")
    for name, definition in definitions.items():
        parts += [f"#### {name}", " ".join(definition.get("description", "").split()), _fields(definition)]
    parts += ["## CSV", inspect.cleandoc(csv.__doc__ or ""), _csv_columns()]
    parts += ["## PLOVER JSON", inspect.cleandoc(plover.__doc__ or ""), *_structs(plover.Record)]
    parts += ["## POLECAT", inspect.cleandoc(polecat.__doc__ or ""), "Columns: " + ", ".join(polecat.COLUMNS) + "."]
    parts += ["## GeoJSON", inspect.cleandoc(geojson.__doc__ or ""), *_structs(geojson.Feature)]
    parts += ["## iCalendar", inspect.cleandoc(ical.__doc__ or "")]
    return "\n\n".join(parts) + "\n"


def _structs(root: type) -> Iterator[str]:
    """A section for each type that a format's objects are made of; those of the other formats are above."""
    (_,), definitions = msgspec.json.schema_components([root], ref_template="#/$defs/{name}")
    known = json_schema()["$defs"]
    for name, definition in sorted(definitions.items(), key=lambda each: each[0] != root.__name__):
        if name not in known:
            yield f"### {name}"
            yield " ".join(definition.get("description", "").split())
            yield _fields(definition)


def _fields(definition: dict[str, Any]) -> str:
    rows = [
        (f"`{name}`", _type(field), _described(field))
        for name, field in definition["properties"].items()
        if name != "kind" or len(field.get("enum", ())) > 1
    ]
    return _table(("field", "type", "meaning"), rows)


def _type(field: dict[str, Any]) -> str:
    if "anyOf" in field:
        return " or ".join(_type(each) for each in field["anyOf"])
    if "$ref" in field:
        name = field["$ref"].rsplit("/", 1)[-1]
        return f"[{name}](#{name.lower()})"
    if "enum" in field:
        return ", ".join(f"`{json.dumps(each)}`" for each in field["enum"])
    if "prefixItems" in field:
        return "[" + ", ".join(map(_type, field["prefixItems"])) + "]"
    if field.get("type") == "array":
        return f"list of {_type(field['items'])}"
    return str(field.get("type", "any"))


def _described(field: dict[str, Any]) -> str:
    own = field.get("description") or next(
        (each["description"] for each in field.get("anyOf", ()) if "description" in each), ""
    )
    return str(own)


def _csv_columns() -> str:
    return _table(("file", "columns"), [(f"`{kind}.csv`", ", ".join(csv.columns(kind))) for kind in LINES])


def _table(header: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [header, tuple("---" for _ in header), *rows]
    return "\n".join("| " + " | ".join(" ".join(c.replace("|", "\\|").split()) for c in line) + " |" for line in lines)


PAGES = {"COMMANDS.md": commands, "FORMAT.md": formats}


def main() -> int:
    for name, make in PAGES.items():
        (DOCS / name).write_text(make(), "utf-8")
        print(f"wrote {DOCS / name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
