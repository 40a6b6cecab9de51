"""Each setting once: name, default, unit, help. Built once by the command line, passed down, never looked up below."""

import os
from collections.abc import Mapping
from typing import Annotated

import msgspec
from msgspec import Meta

from onrecord.errors import SettingsError


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """All that a user can set. Each has an environment variable `ONRECORD_<NAME>`."""

    ledger: Annotated[str, Meta(description="Path of the ledger.")] = "onrecord.db"
    jobs: Annotated[int, Meta(ge=0, le=256, description="Processes that read articles; 0 means one a core.")] = 0
    max_bytes: Annotated[int, Meta(ge=1, description="Largest file of one article, in bytes.")] = 32_000_000
    max_line_bytes: Annotated[int, Meta(ge=1, description="Longest line of a JSONL file, in bytes.")] = 8_000_000
    max_words: Annotated[int, Meta(ge=1, description="Longest article, in words.")] = 200_000
    by: Annotated[str, Meta(description="Who judges, as a judgement names it; empty means the login name.")] = ""
    busy_timeout: Annotated[float, Meta(ge=0, description="Seconds to wait for a locked ledger.")] = 10.0
    host: Annotated[str, Meta(description="Address that the reading room binds to; loopback only.")] = "127.0.0.1"
    port: Annotated[int, Meta(ge=0, le=65535, description="Port of the reading room; 0 takes a free one.")] = 8377


def load(environment: Mapping[str, str] = os.environ, **given: object) -> Settings:
    """Settings from what was given, then `ONRECORD_*`, then the defaults.

    Raises SettingsError naming the variable and what it may hold.
    """
    values: dict[str, object] = {}
    for field in msgspec.structs.fields(Settings):
        variable = f"ONRECORD_{field.name.upper()}"
        if given.get(field.name) is not None:
            values[field.name] = given[field.name]
        elif variable in environment:
            values[field.name] = environment[variable]
    for name, value in values.items():
        try:
            msgspec.convert({name: value}, Settings, strict=False)
        except msgspec.ValidationError as error:
            raise SettingsError(
                f"{name}={value!r}: {error}; set it with --{name.replace('_', '-')} or ONRECORD_{name.upper()}"
            ) from None
    return msgspec.convert(values, Settings, strict=False)
