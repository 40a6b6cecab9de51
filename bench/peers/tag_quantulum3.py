"""quantulum3 as it installs: its classifier of units is a pickle that no scikit-learn of today can read."""

from typing import Any

from quantulum3 import parser
from speaking import Tag, serve


def make() -> Tag:
    def tag(text: str, published: str | None) -> list[dict[str, Any]]:
        return [
            {
                "start": quantity.span[0],
                "end": quantity.span[1],
                "value": quantity.value,
                "uncertainty": quantity.uncertainty,
                "unit": quantity.unit.name,
            }
            for quantity in parser.parse(text)
        ]

    return tag


if __name__ == "__main__":
    serve(make)
