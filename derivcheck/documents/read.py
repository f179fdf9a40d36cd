"""A document from its text: the one door to this stage."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from types import MappingProxyType
from typing import assert_never

from derivcheck.documents.continued import joined
from derivcheck.documents.decode import BINARY, decode
from derivcheck.documents.include import file_loader
from derivcheck.documents.latex import Loader, read_latex
from derivcheck.documents.markdown import read_markdown
from derivcheck.documents.model import Document, Flavour, Macro, Problem, Source, Span
from derivcheck.documents.notebook import SUFFIX, is_notebook, read_notebook

__all__ = ["Loader", "decode", "file_loader", "flavour_of", "read_document"]

_MARKDOWN = (".md", ".markdown", ".qmd", ".rmd", ".mkd", ".mdown", ".mdx", ".myst", ".txt", SUFFIX)
_LATEX = (".tex", ".ltx", ".latex")
_FLAVOURS = {**dict.fromkeys(_MARKDOWN, Flavour.MARKDOWN), **dict.fromkeys(_LATEX, Flavour.LATEX)}
_NO_MACROS: Mapping[str, Macro] = MappingProxyType({})


def flavour_of(path: str) -> Flavour | None:
    """By the file's suffix; None for what is no document."""
    return _FLAVOURS.get(PurePath(path).suffix.lower())


def read_document(
    text: str,
    *,
    path: str,
    flavour: Flavour,
    loader: Loader | None = None,
    preamble: Mapping[str, Macro] = _NO_MACROS,
) -> Document:
    """The document's items with exact offsets. Never raises on what the text holds; linear in its length."""
    if "\0" in text:
        return Document(flavour, (Source.of(path, text),), (), {}, (Problem(BINARY, Span(0, 0)),))
    match flavour:
        case Flavour.MARKDOWN if is_notebook(text, path):
            sources, items, macros, problems = read_notebook(text, path, preamble)
        case Flavour.MARKDOWN:
            sources, items, macros, problems = read_markdown(text, path, preamble)
        case Flavour.LATEX:
            sources, items, macros, problems = read_latex(text, path, loader, preamble)
        case _:
            assert_never(flavour)
    return Document(flavour, tuple(sources), tuple(joined(items)), macros, tuple(problems))
