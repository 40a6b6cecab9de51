"""Bytes to characters: as marked, as declared, as UTF-8; else detected, and then it is said. Nothing is replaced."""

import codecs
import re
from typing import NamedTuple

from charset_normalizer import from_bytes

from onrecord.errors import EncodingError
from onrecord.read.media import looks_wide

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_DECLARED = re.compile(
    rb"""(?ix) <meta \b [^<>]{0,300}? \b charset \s{0,9} = \s{0,9} ["']? \s{0,9} ([a-z0-9_:.-]{1,40})
    | <\?xml \b [^<>?]{0,200}? \b encoding \s{0,9} = \s{0,9} ["'] ([a-z0-9_:.-]{1,40})"""
)
_DECLARED_WITHIN = 16_384  # bytes; browsers look at 1,024, but pages that were saved put scripts first

# What pages call these two is read by every browser as the Windows code page (WHATWG Encoding Standard).
_MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254"}

_ONE_BYTE = ("cp1252", "mac_roman", "cp1250", "cp1254", "iso8859_15")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SAMPLE = 100_000  # bytes shown to the detector
_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


class Decoded(NamedTuple):
    """`text` without its byte order mark; `marked` says that there was one."""

    text: str
    encoding: str
    marked: bool = False
    note: str | None = None


def decode(raw: bytes, *, name: str, page: bool = False) -> Decoded:
    """The text of `raw`; `page` says that it may declare its encoding as HTML and XML do.

    Raises EncodingError if the bytes break the encoding that they are marked with, are cut in the middle of a
    character, fit none, or hold a NUL, which no text does.
    """
    decoded = _decoded(raw, name, page)
    nul = decoded.text.find("\x00")
    if nul >= 0:
        raise EncodingError(name, f"a NUL at character {nul:,}, as in binary data", "save the article as HTML or text")
    return decoded


def _decoded(raw: bytes, name: str, page: bool) -> Decoded:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return Decoded(_strict(raw[len(mark) :], encoding, name), encoding, marked=True)
    wide = looks_wide(raw)
    if wide:
        return Decoded(_strict(raw, wide, name), wide, note=f"the encoding {wide} was detected, not declared")
    declared = _declared(raw) if page else None
    note: str | None = None
    if declared and declared != "utf-8":
        try:
            return Decoded(raw.decode(declared), declared)
        except UnicodeDecodeError:
            note = f"the page declares {declared}, which its bytes are not; "
    try:
        text = raw.decode("utf-8")
        return Decoded(text, "utf-8", note=note and note + "read as utf-8")
    except UnicodeDecodeError as error:
        _refuse_broken(raw, error, name)
    text, encoding = _detect(raw, name)
    return Decoded(text, encoding, note=f"{note or ''}the encoding {encoding} was detected, not declared")


def _strict(raw: bytes, encoding: str, name: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise EncodingError(
            name, f"not {encoding} at byte {error.start:,}, though it looks so", "save it again as UTF-8"
        ) from None


def _declared(raw: bytes) -> str | None:
    found = _DECLARED.search(raw[:_DECLARED_WITHIN])
    if not found:
        return None
    try:
        encoding = codecs.lookup((found[1] or found[2]).decode("ascii")).name
        "".encode(encoding)  # a codec such as base64 is none for text
    except LookupError:
        return None
    # A declaration that could be read as ASCII is not of two bytes a character, whatever it says.
    return "utf-8" if encoding.startswith(("utf-16", "utf-32")) else _MEANT.get(encoding, encoding)


def _refuse_broken(raw: bytes, error: UnicodeDecodeError, name: str) -> None:
    """UTF-8 that lost or changed some bytes is not passed off as an encoding in which every byte means something."""
    if error.reason == "unexpected end of data":
        raise EncodingError(name, "UTF-8 that ends in the middle of a character", "fetch or copy it again") from None
    whole = _SEQUENCE.sub(b"", raw)
    sequences = len(_SEQUENCE.findall(raw))
    strays = len(re.findall(rb"[\x80-\xff]+", whole))
    if sequences > strays:
        raise EncodingError(name, f"UTF-8 with a broken character at byte {error.start:,}", "fetch or copy it again")


def _detect(raw: bytes, name: str) -> tuple[str, str]:
    sample = raw[:_SAMPLE]
    latin = sum(byte < 0x80 for byte in sample) > 0.85 * len(sample)
    matches = list(from_bytes(sample, cp_isolation=list(_ONE_BYTE) if latin else None))
    if matches:
        # Several code pages agree on most letters of English text; the commonest is taken of those that fit as well.
        fits = [match.encoding for match in matches if match.chaos <= matches[0].chaos]
        fits += [other for match in matches if match.chaos <= matches[0].chaos for other in match.could_be_from_charset]
        encoding = "cp1252" if latin and "cp1252" in fits else fits[0]
        try:
            text = raw.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            text = "\x00"
        if not _CONTROL.search(text):
            return text, encoding
    raise EncodingError(name, "the bytes are text in no encoding that could be detected", "save it again as UTF-8")
