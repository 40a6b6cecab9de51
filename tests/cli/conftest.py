"""Articles on an invented port, and the command as a user runs it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.cli import run

PLACES = ("Ghent", "Bruges", "Ostend", "Antwerp")


def record(number):
    place = PLACES[number % len(PLACES)]
    return {
        "id": f"hp-{number}",
        "title": f"Ferry {number} stays in port",
        "publisher": "Harbour Post",
        "published": f"2031-04-{number % 28 + 1:02d}",
        "text": (
            f"Ferry number {number} did not leave {place} on Monday.\n\n"
            f"“We counted at least {number + 3} lorries,” harbour master Ilse Brandt said. She denied the claim that "
            f"the crew of {number + 12} had left.\n\n"
            "According to a union official, the strike will last until the end of the month."
        ),
    }


def write_records(path, count):
    path.write_text("".join(json.dumps(record(n), ensure_ascii=False) + "\n" for n in range(count)), "utf-8")
    return path


def start(*arguments, **options):
    """The command in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "onrecord", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONWARNINGS": "ignore"},
        **options,
    )


@pytest.fixture
def cli(capfd, monkeypatch):
    """Run the command in this process: (exit code, standard output, standard error)."""
    for name in [name for name in os.environ if name.startswith("ONRECORD_")]:
        monkeypatch.delenv(name)

    def call(*arguments):
        code = run([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        assert "Traceback" not in err
        return code, out, err

    return call


@pytest.fixture(scope="session")
def harbour(tmp_path_factory) -> Path:
    """A ledger of six articles, added in this process. Not to be written to."""
    folder = tmp_path_factory.mktemp("harbour")
    articles = write_records(folder / "articles.jsonl", 6)
    assert run(["--ledger", str(folder / "h.db"), "add", "--jobs", "1", str(articles)]) == 0
    return folder / "h.db"
