"""Bytes to text."""

from __future__ import annotations

import codecs

BINARY = "binary file: not read"


def decode(data: bytes) -> tuple[str, str | None]:
    """UTF-8 (a byte order mark dropped), UTF-16 with a mark, else GB18030, else Latin-1; a note for all but
    the first. Binary data gives no text and the note `BINARY`. Lone carriage returns become line feeds;
    those of `\\r\\n` stay."""
    text, note = _decode(data)
    if "\r" in text:
        text = text.replace("\r\n", "\0").replace("\r", "\n").replace("\0", "\r\n")
    return text, note


def _decode(data: bytes) -> tuple[str, str | None]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return _text(data.decode("utf-16"), "read as UTF-16")
        except UnicodeDecodeError:
            return "", BINARY
    if b"\0" in data:
        return "", BINARY
    try:
        return data.removeprefix(codecs.BOM_UTF8).decode("utf-8"), None
    except UnicodeDecodeError:
        pass
    try:
        return _text(data.decode("gb18030"), "not UTF-8: read as GB18030")
    except UnicodeDecodeError:
        return data.decode("latin-1"), "not UTF-8: read as Latin-1"


def _text(text: str, note: str) -> tuple[str, str | None]:
    return ("", BINARY) if "\0" in text else (text, note)
