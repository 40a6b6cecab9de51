"""How a page is made from a template: what every template may call, and the one place where escaping is set."""

import json
import re
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode, urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined

_STATIC = files("onrecord.web") / "static"


class Key(NamedTuple):
    """A row of keys.json, as the help page and the tooltips show it."""

    keys: str
    where: str
    does: str

    @property
    def aria(self) -> str:
        """As `aria-keyshortcuts` wants it; a sequence cannot be said there, so its last key is."""
        return self.keys.split()[-1]


@cache
def keys() -> dict[str, Key]:
    rows = json.loads((_STATIC / "keys.json").read_text(encoding="utf-8"))
    return {row["action"]: Key(row["keys"], row["where"], row["does"]) for row in rows}


def static(name: str) -> str:
    return f"/static/{name}"


def slug(name: str) -> str:
    """Words of a name for an address; only the key before it counts."""
    return re.sub(r"[^\w]+", "-", name[:60].casefold()).strip("-_") or "actor"


def actor_path(key: str, name: str | None) -> str:
    return f"/actors/{quote(key, safe='')}-{quote(slug(name or ''))}"


def place_path(document: str, start: int, end: int) -> str:
    """The address at which an article opens on these words."""
    return f"/articles/{document}?at={start}-{end}#at"


def href(path: str, **query: object) -> str:
    """`path` with the parameters that hold something."""
    kept = [(name, str(value)) for name, value in query.items() if value not in (None, "", False)]
    return f"{path}?{urlencode(kept)}" if kept else path


def web_address(url: str | None) -> bool:
    """Whether it may become a link: `javascript:` and the like come with articles too."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}")


def language(stated: str | None) -> str:
    """A language tag for an attribute; what is none, or is not stated, is taken for English, which is what we read."""
    return stated if stated and _LANGUAGE.fullmatch(stated) else "en"


def percent(share: float) -> str:
    """Never the whole and never nothing: a probability that was estimated is neither."""
    return f"{min(99, max(1, round(100 * share)))}%"


def thousands(number: int) -> str:
    return f"{number:,}".replace(",", "\u202f")


def shown(words: str) -> str:
    """White space made visible, for repairs that took out nothing else."""
    signs = {"\n": "⏎", "\t": "⇥", "\r": "␍", "\u00a0": "⍽", "\ufeff": "BOM"}
    return "".join(signs.get(c, c) for c in words) if words.strip() else "".join(signs.get(c, "␣") for c in words)


def environment(**shared: Any) -> Environment:
    """Every template escapes, and names that are not given are errors rather than blanks."""
    env = Environment(
        loader=PackageLoader("onrecord.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals.update(
        keys=keys(),
        static=static,
        actor_path=actor_path,
        href=href,
        web_address=web_address,
        thousands=thousands,
        percent=percent,
        language=language,
        shown=shown,
        here="",
        q="",
        **shared,
    )
    return env
