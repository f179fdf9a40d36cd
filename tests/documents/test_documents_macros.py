"""Macro definitions in all their spellings."""

from __future__ import annotations

import pytest

from derivcheck.documents.macros import collect, definitions
from derivcheck.documents.model import Macro


def macros(text: str) -> dict[str, Macro]:
    return collect({}, definitions(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\\newcommand{\\R}{\\mathbb{R}}", Macro("\\R", 0, "\\mathbb{R}")),
        ("\\newcommand*\\R{\\mathbb{R}}", Macro("\\R", 0, "\\mathbb{R}")),
        ("\\renewcommand\\b[1]{\\mathbf{#1}}", Macro("\\b", 1, "\\mathbf{#1}")),
        ("\\newcommand{\\n} [2] [2] {\\|#2\\|_{#1}}", Macro("\\n", 2, "\\|#2\\|_{#1}", default="2")),
        ("\\def\\T{^\\top}", Macro("\\T", 0, "^\\top")),
        ("\\gdef\\f#1#2{#1/#2}", Macro("\\f", 2, "#1/#2")),
        ("\\def\\E[#1]#2;{E}", Macro("\\E", 2, "E", delimiters=("[", "]", ";"))),
        ("\\let\\eps=\\varepsilon", Macro("\\eps", 0, "\\varepsilon")),
        ("\\let\\eps\\varepsilon", Macro("\\eps", 0, "\\varepsilon")),
        ("\\DeclareMathOperator{\\tr}{tr}", Macro("\\tr", 0, "\\operatorname{tr}")),
        ("\\DeclareMathOperator*\\am{arg\\,min}", Macro("\\am", 0, "\\operatorname*{arg\\,min}")),
        (
            "\\DeclarePairedDelimiter{\\abs}{\\lvert}{\\rvert}",
            Macro("\\abs", 2, "\\lvert #2\\rvert", default="", star=True),
        ),
        ("\\NewDocumentCommand{\\n}{O{2} m}{\\|#2\\|_{#1}}", Macro("\\n", 2, "\\|#2\\|_{#1}", default="2")),
        ("\\NewDocumentCommand\\n{s m}{\\|#2\\|}", Macro("\\n", 1, "\\|#1\\|", star=True)),
        ("\\newenvironment{eq}{\\[}{\\]}", Macro("\\begin{eq}", 0, "\\[")),
    ],
)
def test_spelling(text: str, expected: Macro) -> None:
    assert macros(text)[expected.name] == expected


@pytest.mark.parametrize(
    "text",
    [
        "\\newcommand{\\a}{b",
        "\\def\\a#2{b}",
        "\\newcommand{\\a}{" + "b" * 20_000 + "}",
        "\\newcommand",
        "\\let\\a b",
        "\\NewDocumentCommand{\\a}{r() m}{b}",
        "\\newcommands{\\a}{b}",
    ],
)
def test_left_unknown(text: str) -> None:
    assert macros(text) == {}


def test_the_last_definition_wins_but_providecommand_yields() -> None:
    found = macros("\\def\\a{1}\\def\\a{2}\\providecommand{\\a}{3}\\providecommand{\\b}{4}")
    assert (found["\\a"].body, found["\\b"].body) == ("2", "4")


def test_let_copies_a_macro() -> None:
    found = macros("\\def\\a#1{x#1}\\let\\b\\a\\def\\a{y}")
    assert found["\\b"] == Macro("\\b", 1, "x#1")


def test_a_saved_primitive_is_not_redefined_by_itself() -> None:
    found = macros("\\let\\old\\vec\\renewcommand{\\vec}[1]{\\old{\\mathbf{#1}}}")
    assert set(found) == {"\\old"}


def test_definitions_cover_their_text() -> None:
    text = "a \\newcommand{\\x}[1]{\\def\\y{#1}} b"
    (found,) = definitions(text)
    assert text[: found.start] + text[found.end :] == "a  b"
