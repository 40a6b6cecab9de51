"""From paths to the bytes of single articles: what is taken, passed over, refused."""

import io
import os
import pickle
from pathlib import Path
from typing import BinaryIO

import pytest

from onrecord.errors import (
    EmptyInput,
    EncodingError,
    InputError,
    MalformedInput,
    TooLarge,
    UnreadableInput,
    UnsupportedMediaType,
)
from onrecord.read import HTML, JSONL, MARKDOWN, PLAIN, Input, Skipped, Unit, discover, read, units
from onrecord.settings import Settings

ARTICLE = "Ferry resumes\n\nThe ferry to Skarholmen sailed again on Monday, the harbour master said.\n"
SETTINGS = Settings()


def _names(found: list[Input | Skipped | InputError]) -> dict[str, str]:
    return {Path(item.name).name: type(item).__name__ for item in found}


def _units(path: Path, settings: Settings = SETTINGS) -> list[Unit | InputError]:
    (found,) = discover([path])
    assert isinstance(found, Input)
    return list(units(found, settings=settings))


def test_a_folder_gives_its_articles_in_order_and_names_what_it_passes_over(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "z.md").write_text(ARTICLE)
    (tmp_path / "c.txt").write_text(ARTICLE)
    (tmp_path / "a.jsonl").write_text('{"text": "The ferry sailed."}\n')
    (tmp_path / "plain").write_text(ARTICLE)
    (tmp_path / "picture").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    (tmp_path / "table.csv").write_text("a,b\n")
    (tmp_path / "lies.txt").write_bytes(b"%PDF-1.7\n")
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "x.txt").write_text(ARTICLE)
    (tmp_path / "round").symlink_to(tmp_path, target_is_directory=True)
    found = list(discover([tmp_path]))
    assert _names(found) == {
        ".hidden": "Skipped",
        "a.jsonl": "Input",
        "z.md": "Input",
        "c.txt": "Input",
        "lies.txt": "UnsupportedMediaType",
        "picture": "Skipped",
        "plain": "Input",
        "round": "Skipped",
        "table.csv": "Skipped",
    }
    taken = [item.name for item in found if isinstance(item, Input)]
    assert taken == sorted(taken)
    assert {i.media_type for i in found if isinstance(i, Input)} == {PLAIN, MARKDOWN, JSONL}


def test_what_is_named_is_read_even_if_hidden_or_of_another_extension(tmp_path: Path) -> None:
    for name in (".draft.txt", "article.log"):
        (tmp_path / name).write_text(ARTICLE)
        (unit,) = _units(tmp_path / name)
        assert isinstance(unit, Unit) and unit.raw == ARTICLE.encode()


def test_what_is_missing_forbidden_or_circular_is_an_error_with_a_next_step(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    os.mkfifo(tmp_path / "pipe.txt")
    for name in ("nowhere.txt", "loop", "pipe.txt", "x" * 300):
        (found,) = discover([tmp_path / name])
        assert isinstance(found, UnreadableInput)
        assert found.name.endswith(name) and found.step
    assert str(next(discover([tmp_path / "nowhere.txt"]))).endswith(
        "nowhere.txt: there is no such file; check the name"
    )


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_names_the_permission(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text(ARTICLE)
    path.chmod(0)
    (found,) = discover([path])
    assert isinstance(found, UnreadableInput) and "permission" in found.cause


def test_a_file_that_vanishes_after_it_was_found_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(ARTICLE)
    (found,) = discover([path])
    path.unlink()
    assert isinstance(found, Input)
    (failed,) = units(found, settings=SETTINGS)
    assert isinstance(failed, UnreadableInput)


def test_a_broken_line_does_not_keep_the_others_out(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"id": 1, "text": "One ferry."}\r\n\n{"id": 2, \n{"id": 3, "text": "Two ferries."}')
    found = _units(path)
    assert [unit.name for unit in found] == [f"{path}, line {n}" for n in (1, 3, 4)]
    texts: list[str] = []
    for unit in found:
        assert isinstance(unit, Unit)
        try:
            texts += [d.text for d in read(unit.raw, name=unit.name, media_type=unit.media_type, settings=SETTINGS)]
        except MalformedInput as error:
            assert "line 3" in str(error)
            texts.append("broken")
    assert texts == ["One ferry.", "broken", "Two ferries."]


class _Endless(io.RawIOBase):
    """A line of 60 MB between two good ones, made as it is read."""

    def __init__(self) -> None:
        filler = (b"x" * (1 << 20) for _ in range(60))
        self.parts = iter([b'{"text": "One ferry."}\n{"text": "', *filler, b'"}\n{"text": "Two ferries."}\n'])
        self.most = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        self.most = max(self.most, size)
        return next(self.parts, b"")


def test_an_overlong_line_is_refused_without_being_held() -> None:
    stream: BinaryIO = _Endless()  # type: ignore[assignment]
    found = Input("big.jsonl", None, JSONL, None, b"", stream)
    first, failed, last = units(found, settings=SETTINGS)
    assert isinstance(first, Unit) and isinstance(last, Unit)
    assert isinstance(failed, TooLarge) and failed.name == "big.jsonl, line 2"
    assert last.raw == b'{"text": "Two ferries."}' and last.name == "big.jsonl, line 3"


@pytest.mark.parametrize("cut", [1, 7, 30, 4096])
def test_lines_do_not_depend_on_where_the_chunks_are_cut(cut: int) -> None:
    raw = b'{"text": "One ferry."}\n{"text": "Two ferries."}\n\n{"text": "Three."}'
    head, rest = raw[:cut], io.BytesIO(raw[cut:])
    found = list(units(Input("-", None, JSONL, None, head, rest), settings=SETTINGS))
    assert [unit.raw for unit in found if isinstance(unit, Unit)] == [line for line in raw.split(b"\n") if line]


def test_standard_input_is_sniffed_and_read() -> None:
    (found,) = discover(["-"], stdin=io.BytesIO(ARTICLE.encode()))
    assert isinstance(found, Input) and found.media_type == PLAIN
    (unit,) = units(found, settings=SETTINGS)
    assert isinstance(unit, Unit) and unit.raw == ARTICLE.encode()
    (page,) = discover(["-"], stdin=io.BytesIO(b"<!doctype html><html><p>x"))
    assert isinstance(page, Input) and page.media_type == HTML
    (picture,) = discover(["-"], stdin=io.BytesIO(b"GIF89a"))
    assert isinstance(picture, UnsupportedMediaType)
    assert isinstance(next(discover(["-"])), UnreadableInput)


def test_bounds_and_empty_files(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(" \n")
    assert isinstance(_units(path)[0], EmptyInput)
    path.write_text(ARTICLE)
    assert isinstance(_units(path, Settings(max_bytes=20))[0], TooLarge)
    assert isinstance(_units(path, Settings(max_bytes=len(ARTICLE.encode())))[0], Unit)
    with pytest.raises(TooLarge, match="words"):
        read(ARTICLE.encode(), name="a.txt", settings=Settings(max_words=5))
    lines = tmp_path / "a.jsonl"
    lines.write_text("\n\n")
    assert isinstance(_units(lines)[0], EmptyInput)
    lines.write_bytes('{"text": "One ferry."}\n'.encode("utf-16"))
    assert isinstance(_units(lines)[0], EncodingError)


def test_units_and_errors_cross_processes() -> None:
    unit = Unit("a.jsonl, line 2", b"{}", JSONL)
    assert pickle.loads(pickle.dumps(unit)) == unit
    error = pickle.loads(pickle.dumps(TooLarge("a.txt", "too large", "split it")))
    assert isinstance(error, TooLarge) and error.step == "split it"
