"""Chapters checked alone: the macros of the book that reads them in."""

from __future__ import annotations

from pathlib import Path

from derivcheck.documents.book import book_macros

BOOK = (
    r"\documentclass{book}\input{commands}\newcommand{\A}{\mathbf{A}}\begin{document}\input{%s}\end{document}"
)
CHAPTER = r"\section{One} We have \[ \A \y = \y. \]"


def _write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    return path


def test_macros_of_the_book(tmp_path: Path) -> None:
    _write(tmp_path, "book.tex", BOOK % "one")
    _write(tmp_path, "commands.tex", r"\newcommand{\y}{\mathbf{y}}")
    chapter = _write(tmp_path, "one.tex", CHAPTER)
    assert {r"\A", r"\y"} <= set(book_macros(CHAPTER, chapter, tmp_path))


def test_a_book_in_the_folder_above(tmp_path: Path) -> None:
    _write(tmp_path, "book.tex", BOOK % "parts/one.tex")
    chapter = _write(tmp_path, "parts/one.tex", CHAPTER)
    assert r"\A" in book_macros(CHAPTER, chapter, tmp_path)


def test_no_book_no_macros(tmp_path: Path) -> None:
    _write(tmp_path, "book.tex", BOOK % "two")
    chapter = _write(tmp_path, "one.tex", CHAPTER)
    assert not book_macros(CHAPTER, chapter, tmp_path)
    assert not book_macros(BOOK % "one", chapter, tmp_path)
    assert not book_macros(CHAPTER, tmp_path / "missing" / "one.tex", tmp_path)


def test_nothing_outside_the_root(tmp_path: Path) -> None:
    _write(tmp_path, "book.tex", BOOK % "parts/one")
    chapter = _write(tmp_path, "parts/one.tex", CHAPTER)
    assert not book_macros(CHAPTER, chapter, tmp_path / "parts")
