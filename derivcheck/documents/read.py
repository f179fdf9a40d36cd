"""A document from its text: the one door to this stage."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePath
from types import MappingProxyType
from typing import assert_never

from derivcheck.documents.continued import joined
from derivcheck.documents.decode import BINARY, decode
from derivcheck.documents.include import Loader, file_loader
from derivcheck.documents.model import Document, Flavour, Macro, Problem, Source, Span

__all__ = ["Loader", "decode", "file_loader", "flavour_of", "read_document"]

_SUFFIX = ".ipynb"
_MARKDOWN = (".md", ".markdown", ".qmd", ".rmd", ".mkd", ".mdown", ".mdx", ".myst", ".txt", _SUFFIX)
_LATEX = (".tex", ".ltx", ".latex")
_FLAVOURS = {**dict.fromkeys(_MARKDOWN, Flavour.MARKDOWN), **dict.fromkeys(_LATEX, Flavour.LATEX)}
_NOTEBOOK = re.compile(r'\ufeff?\s*+\{\s*+"(?:cells|metadata|nbformat|nbformat_minor|worksheets)"\s*+:')
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
    match flavour:  # each reader is loaded where it is needed
        case Flavour.MARKDOWN if _is_notebook(text, path):
            from derivcheck.documents.notebook import read_notebook

            sources, items, macros, problems = read_notebook(text, path, preamble)
        case Flavour.MARKDOWN:
            from derivcheck.documents.markdown import read_markdown

            sources, items, macros, problems = read_markdown(text, path, preamble)
        case Flavour.LATEX:
            from derivcheck.documents.latex import read_latex

            sources, items, macros, problems = read_latex(text, path, loader, preamble)
        case _:
            assert_never(flavour)
    return Document(flavour, tuple(sources), tuple(joined(items)), macros, tuple(problems))


def _is_notebook(text: str, path: str) -> bool:
    """By the file's suffix; else by the first key of an object, with which no Markdown begins."""
    return PurePath(path).suffix.lower() == _SUFFIX or _NOTEBOOK.match(text) is not None
