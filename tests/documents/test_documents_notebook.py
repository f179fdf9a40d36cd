"""Notebooks: the Markdown cells, and every character's place in the raw JSON."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from derivcheck.documents.json_scan import MAX_DEPTH, Malformed, read_json
from derivcheck.documents.markdown import read_markdown
from derivcheck.documents.model import Annotation, Document, Flavour, Heading, MathBlock, ParagraphBreak, Prose
from derivcheck.documents.read import read_document
from derivcheck.pipeline import check_text

FALSE = "Let $A$ and $B$ be invertible $n \\times n$ matrices.\n\n$$\n(AB)^{-1} = A^{-1} B^{-1}\n$$\n"


def notebook(*sources: str | list[str], **options: Any) -> str:
    cells: list[Any] = [{"cell_type": "markdown", "metadata": {}, "source": source} for source in sources]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, **options)


def read(text: str, path: str = "note.ipynb") -> Document:
    return checked(read_document(text, path=path, flavour=Flavour.MARKDOWN))


def checked(document: Document) -> Document:
    """What the raw JSON spells between the offsets of a character is that character."""
    raw = document.sources[0].text
    for item in document.items:
        assert 0 <= item.span.start <= item.span.end <= len(raw)
        if isinstance(item, MathBlock | Prose):
            assert item.ends is not None
            assert len(item.offsets) == len(item.text) + 1 == len(item.ends) + 1
            spelled = [raw[a:b] for a, b in zip(item.offsets[:-1], item.ends, strict=True)]
            assert [json.loads(f'"{part}"') for part in spelled] == list(item.text)
            assert all(b <= a for b, a in zip(item.ends, item.offsets[1:], strict=True))
            for i in range(len(item.text)):
                assert item.source_span(i, i + 1).end == item.ends[i]
            assert item.source_span(0, 0).end == item.offsets[0]
    return document


def displays(document: Document) -> list[str]:
    return [i.text.strip() for i in document.items if isinstance(i, MathBlock) and i.display]


def place(text: str, needle: str) -> tuple[int, int]:
    at = text.index(needle)
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def test_markdown_cells_in_order_and_no_others() -> None:
    cells: list[Any] = [
        {"cell_type": "markdown", "source": "$$a=1$$"},
        {"cell_type": "code", "source": "$$b=2$$", "outputs": [{"data": {"text/markdown": "$$c=3$$"}}]},
        {"cell_type": "raw", "source": ["$$d=4$$"]},
        {"source": ["$$e\n", "=5$$", 7, None], "cell_type": "markdown"},
        {"cell_type": "markdown"}, {"cell_type": "markdown", "source": []}, {"source": "$$f$$"}, "$$g$$", None,
    ]  # fmt: skip
    document = read(json.dumps({"cells": cells, "nbformat": 4}))
    assert displays(document) == ["a=1", "e\n=5"]
    assert not document.problems
    assert sum(isinstance(item, ParagraphBreak) for item in document.items) == 1


def test_version_3_has_worksheets_and_heading_cells() -> None:
    cells = [
        {"cell_type": "heading", "level": 2, "source": ["Inverses \u00e9"]},
        {"cell_type": "markdown", "source": ["$$a=b$$\n"]},
        {"cell_type": "code", "input": ["$$x$$"]},
    ]
    text = json.dumps({"metadata": {}, "nbformat": 3, "worksheets": [{"cells": cells}, {"cells": cells[1:]}]})
    document = read(text)
    heading = document.items[0]
    assert isinstance(heading, Heading)
    assert (heading.text, heading.level) == ("Inverses é", 2)
    assert text[heading.span.start : heading.span.end] == "Inverses \\u00e9"
    assert displays(document) == ["a=b", "a=b"]


@pytest.mark.parametrize(
    ("escaped", "char"),
    [("\\n", "\n"), ("\\t", "\t"), ("\\\\", "\\"), ('\\"', '"'), ("\\/", "/"), ("\\u0041", "A"), ("é", "é"),
     ("\\ud835\\udc00", "𝐀"), ("𝐀", "𝐀"), ("\\b", "\b"), ("\\f", "\f")],
)  # fmt: skip
def test_an_escape_is_one_character(escaped: str, char: str) -> None:
    text = f'{{"cells":[{{"cell_type":"markdown","source":"$$x{escaped}y$$"}}]}}'
    (block,) = [item for item in read(text).items if isinstance(item, MathBlock)]
    assert block.text == f"x{char}y"
    span = block.source_span(1, 2)
    assert text[span.start : span.end] == escaped
    assert text[block.span.start : block.span.end] == f"$$x{escaped}y$$"


def test_what_only_an_escape_can_bring_is_made_readable() -> None:
    text = '{"cells":[{"cell_type":"markdown","source":"a\\r\\rb\\u0000c\\ud800d\\udc00\\ud800e $x$"}]}'
    document = read_document(text, path="n.ipynb", flavour=Flavour.MARKDOWN)
    words = "".join(item.text for item in document.items if isinstance(item, Prose))
    assert "b\ufffdc\ufffdd\ufffd\ufffde" in words
    assert any(isinstance(item, ParagraphBreak) for item in document.items)


def test_a_cell_does_not_run_into_the_next() -> None:
    openings = ["```python\n", "<!-- ", "$$\nx", ":::{note}\n", "<pre>\n", "\\begin{align}\n"]
    document = read(notebook(*(part for opening in openings for part in (opening, "$$a=b$$"))))
    assert displays(document) == ["a=b"] * len(openings)


def test_a_rule_at_the_top_of_a_cell_is_no_front_matter() -> None:
    assert displays(read(notebook("---\n$$a=b$$\n\n---\n$$c=d$$"))) == ["a=b", "c=d"]


def test_dollars_beside_words_are_a_display_without_single_dollars_too() -> None:
    assert displays(read(notebook("$$a=b$$ holds."))) == ["a=b"]


def test_macros_and_comments() -> None:
    document = read(notebook("$\\newcommand{\\X}{X^\\top}$", "$\\X$", "<!-- derivcheck: A: m x n -->"))
    assert document.macros["\\X"].body == "X^\\top"
    assert [item.text for item in document.items if isinstance(item, Annotation)] == ["A: m x n"]


@pytest.mark.parametrize(
    "text",
    ["", " ", "$$a=b$$", "{", "[]]", '{"cells":[}', '{"cells":[1,]}', '{"cells":[],}', '{"cells":"a\nb"}',
     '{"cells":"\\x"}', '{"cells":"\\u12"}', '{"a":01}', '{"a" 1}', "{'cells':[]}", '{"cells":[]} x', "\ufeff",
     '{"cells":[{"cell_type":"markdown","source":"$$a=b$$"}]', "<<<<<<< ours\n{}", "[" * 100_000, '"' * 999,
     "\0", "nul", "[,]", "{,}", ":", '{1:2}', "[1 2]"],
)  # fmt: skip
def test_broken_json_is_a_problem(text: str) -> None:
    document = read(text)
    assert not document.items
    assert len(document.problems) == 1
    assert 0 <= document.problems[0].span.start <= len(text)


@pytest.mark.parametrize("text", ["{}", "[]", "1", '"cells"', '{"cells":3}', '{"worksheets":[{}, 1]}', '{"cells":{}}'])
def test_json_without_cells_is_a_problem(text: str) -> None:
    document = read(text)
    assert not document.items
    assert ["no notebook" in problem.message for problem in document.problems] == [True]


def test_a_notebook_is_known_by_its_first_key_where_there_is_no_suffix() -> None:
    text = notebook("$$a=b$$", indent=1)
    assert displays(read(text, "-")) == ["a=b"]
    assert displays(read_document("{x}\n\n$$a=b$$", path="-", flavour=Flavour.MARKDOWN)) == ["a=b"]


def test_a_finding_points_into_the_json() -> None:
    listed = notebook("# Inverses é", FALSE.splitlines(keepends=True), indent=1)
    for text in (listed, notebook("𝔸", FALSE), notebook("𝔸", FALSE, ensure_ascii=False, indent=4)):
        report = check_text(text, path="note.ipynb")
        (link,) = [n for equation in report.equations for n in equation.links if n.rule]
        assert (link.place.line, link.place.column) == place(text, "= A^{-1}")
        assert link.rhs_place is not None
        begin, end = link.rhs_place.column, link.rhs_place.end_column
        assert text.split("\n")[link.rhs_place.line - 1][begin - 1 : end - 1] == "A^{-1} B^{-1}"


def test_the_end_of_a_place_covers_an_escape() -> None:
    text = notebook("$$A B = \\Sigma$$ $$\\lambda = α$$")
    last = [item for item in read(text).items if isinstance(item, MathBlock)][-1]
    span = last.source_span(len(last.text) - 1, len(last.text))
    assert text[span.start : span.end] == "\\u03b1"


PIECES = [
    "$", "$$", "\n", "\n\n", " ", "a", "=", "\\[", "\\]", "\\\\(", "{", "}", "> ", "- ", "# ", "```", "```math\n",
    "`", "<!--", "-->", "\\begin{align}", "\\end{align}", "\\newcommand{\\a}{b}", "---\n", "\r\n", "\t", "    ",
    '"', "\\u0041", "矩阵", "é", "𝔸", "\x7f", "\u2028", "|", "*", "$$\na &= b\n$$", "\\_", "% derivcheck: x",
]  # fmt: skip
CELL = st.lists(
    st.sampled_from(PIECES) | st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=3),
    max_size=25,
).map("".join)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(CELL, st.booleans()), max_size=4), st.booleans(), st.sampled_from([None, 0, 1, "\t"]))
def test_any_cells_are_read_as_their_markdown(
    cells: Sequence[tuple[str, bool]], ascii_only: bool, indent: int | str | None
) -> None:
    sources = [text.splitlines(keepends=True) if listed else text for text, listed in cells]
    raw = notebook(*sources, ensure_ascii=ascii_only, indent=indent)
    found = [item for item in read(raw).items if isinstance(item, MathBlock | Prose)]
    expected = []
    macros: dict[str, Any] = {}
    for text, listed in cells:
        _, items, macros, _ = read_markdown(text, "", macros, cell=True)
        expected += [(item, text, listed) for item in items if isinstance(item, MathBlock | Prose)]
    assert [item.text for item in found] == [item.text for item, _, _ in expected]
    for item, (model, text, listed) in zip(found, expected, strict=True):
        if not listed:
            assert json.loads(f'"{raw[item.span.start : item.span.end]}"') == text[model.span.start : model.span.end]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=4),
    max_leaves=20,
)


@settings(max_examples=200, deadline=None)
@given(VALUES, st.booleans(), st.sampled_from([None, 2]))
def test_the_scanner_takes_what_json_takes(value: Any, ascii_only: bool, indent: int | None) -> None:
    assert not isinstance(read_json(json.dumps(value, ensure_ascii=ascii_only, indent=indent)), Malformed)


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from([*'{}[]:,"\\0123-.e \n', '"a"', "true", "\\u00", "null", "1.5"]), max_size=12))
def test_the_scanner_refuses_what_json_refuses(parts: list[str]) -> None:
    text = "".join(parts)
    try:
        json.loads(text)
        valid = True
    except json.JSONDecodeError:
        valid = False
    assert isinstance(read_json(text), Malformed) is not valid


def test_nesting_is_bounded() -> None:
    for depth, well in ((MAX_DEPTH, True), (MAX_DEPTH + 1, False), (300_000, False)):
        assert isinstance(read_json("[" * depth + "]" * depth), Malformed) is not well


@pytest.mark.parametrize(
    "piece",
    ['"', '\\"', "[", '{"a":', "1,", '"a",', " ", "\\u0024", "$$\\n", '"},{"cell_type":"markdown","source":"$$'],
)
def test_time_is_linear(piece: str) -> None:
    text = '{"cells":[{"cell_type":"markdown","source":"' + piece * (300_000 // len(piece)) + '"}]}'
    began = time.process_time()
    read_document(text, path="x.ipynb", flavour=Flavour.MARKDOWN)
    assert time.process_time() - began < 5
