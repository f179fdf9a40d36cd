r"""Macros that a document uses and that nothing at hand defines: those whose usual meaning is in their name.

Notes are often read without their preamble (a macro file elsewhere, a site's MathJax settings). `\bx`, `\mA`,
`\bbR`, `\cL`, `\betahat`, `\RR` spell a letter and how it is set; `\pd{f}{x}` and `\ip{x}{y}` are written in place
of the same few signs everywhere. What the parser knows, or the document defines, is never replaced.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from derivcheck.documents.model import Macro
from derivcheck.notation.atoms import COMMANDS
from derivcheck.notation.lexer import FOLDED
from derivcheck.notation.symbols import (
    DELIMITERS,
    FONT_SWITCHES,
    INFIX_FRACTIONS,
    LETTER_COMMANDS,
    OPERATORS,
    SYMBOL_COMMANDS,
    TRANSPARENT,
)
from derivcheck.patterns import pattern

_SIGNS = frozenset({"\\Re", "\\Im", "\\partial", "\\nabla", "\\infty"})
_GREEK = "|".join(sorted(command[1:] for command in LETTER_COMMANDS - _SIGNS))
_FONTS = (  # what stands before a letter, the letters it is used with, and what it means
    (pattern(rf"(?:b|bm|bf|bs)([A-Za-z]|{_GREEK})"), "\\mathbf"),
    (pattern(rf"v([abcdghmnqsuvwxyz]|{_GREEK})"), "\\mathbf"),
    (pattern(r"m([A-MOQS-Z])"), "\\mathbf"),
    (pattern(r"bb([A-Z])"), "\\mathbb"),
    (pattern(r"([CEFHKNPQRZ])\1"), "\\mathbb"),
    (pattern(r"([CQ])"), "\\mathbb"),
    (pattern(r"(?:cal|mc|c)([A-Z])"), "\\mathcal"),
)
_ACCENT = pattern(rf"([A-Za-np-vx-z]|{_GREEK})(hat|bar|tilde)")
_BOLD = "\\mathbf{#1}"
_PARTIAL = "\\frac{\\partial #1}{\\partial #2}"
_NAMED = {
    **dict.fromkeys(("pd", "pder", "pderiv", "pdiff", "parder", "pfrac", "dpd"), (2, _PARTIAL)),
    **dict.fromkeys(("deriv", "odv", "od", "tder", "tdiff"), (2, "\\frac{\\mathrm{d} #1}{\\mathrm{d} #2}")),
    **dict.fromkeys(("ip", "inner", "innerprod", "iprod"), (2, "\\langle #1, #2\\rangle")),
    **dict.fromkeys(("bvec", "vct", "vb", "mbf", "bld", "mtx", "vect", "vek", "matr", "bsym"), (1, _BOLD)),
    **dict.fromkeys(("zeros", "bzero"), (0, "\\mathbf{0}")),
    **dict.fromkeys(("ones", "bone"), (0, "\\mathbf{1}")),
    **{short: (0, f"\\{name}") for short, name in (("eps", "epsilon"), ("veps", "varepsilon"), ("lam", "lambda"))},
    "ds": (0, "\\displaystyle"), "half": (0, "\\frac{1}{2}"), "given": (0, "\\mid"),
    **dict.fromkeys(("T", "tp", "trans", "transp", "transpose", "tran", "trn"), (0, "\\top")),
    **{f"d{x}": (0, f"\\mathrm{{d}}{x}") for x in ("", "x", "y", "t", "u")},
}
_MOMENTS = {  # of random quantities: their argument stands in braces, or in brackets of its own
    **dict.fromkeys(("E", "Ex", "Exp", "expect", "expectation"), "\\mathbb{E}"),
    **{name: f"\\operatorname{{{name.capitalize()}}}" for name in ("Var", "var", "Cov", "cov")},
}
_LETTER = rf"(?:[A-Za-z]|\\(?:{_GREEK})(?![A-Za-z]))"
_ACCENTED = rf"(?:{_LETTER}|\\(?:hat|bar|tilde|widehat|widetilde|dot)\s*(?:\{{\s*{_LETTER}\s*\}}|{_LETTER}))"
_SETS_A_LETTER = pattern(rf"\s*(?:\{{\s*{_ACCENTED}\s*\}}|\{{\s*[01]\s*\}}|{_LETTER})")
_RAISED = pattern(r"\^\s*\{?\s*-?\s*$")
_WORD = pattern(r"\\[A-Za-z]+")
_BEFORE = 12  # characters looked at before a command


def usual_macros(texts: Iterable[str], macros: Mapping[str, Macro]) -> dict[str, Macro]:
    """The usual meaning of the commands in these formulas that are neither known nor in `macros`."""
    found: dict[str, Macro] = {}
    refused: set[str] = set()
    for text in texts:
        for match in _WORD.finditer(text):
            name = match[0]
            if name in macros or name in refused:
                continue
            if (macro := _moment(name, text[match.end() :].lstrip()[:1]) or usual(name)) is None:
                continue
            if _fits(macro, text, match) and found.get(name, macro) == macro:
                found[name] = macro
            else:
                refused.add(name)
                found.pop(name, None)
    return found


@lru_cache(maxsize=4096)
def usual(command: str) -> Macro | None:
    """What a command that is not known means by its name."""
    if _is_known(command):
        return None
    name = command[1:]
    if name in _NAMED:
        arity, body = _NAMED[name]
        return Macro(command, arity, body)
    if (match := _ACCENT.fullmatch(name)) is not None:
        return Macro(command, 0, f"\\{match[2]}{{{_written(match[1])}}}")
    for letters, font in _FONTS:
        if (match := letters.fullmatch(name)) is not None:
            return Macro(command, 0, f"{font}{{{_written(match[1])}}}")
    return None


def _moment(command: str, following: str) -> Macro | None:
    """`\\E{X}` and `\\E[X]`, `\\Var{X}`: by what follows."""
    sign = None if _is_known(command) else _MOMENTS.get(command[1:])
    if sign is None:
        return None
    return Macro(command, 1, f"{sign}\\left[#1\\right]") if following == "{" else Macro(command, 0, sign)


def _written(letter: str) -> str:
    return letter if len(letter) == 1 else f"\\{letter}"


def _is_known(command: str) -> bool:
    tables = (COMMANDS, SYMBOL_COMMANDS, OPERATORS, TRANSPARENT, FOLDED, FONT_SWITCHES, INFIX_FRACTIONS, DELIMITERS)
    return any(command in table for table in tables)


def _fits(macro: Macro, text: str, match: re.Match[str]) -> bool:
    """Whether a use is one of the usual macro: a bold letter has one letter, a transpose stands in a superscript."""
    if macro.body == "\\top":
        return _RAISED.search(text[max(0, match.start() - _BEFORE) : match.start()]) is not None
    return macro.body != _BOLD or _SETS_A_LETTER.match(text, match.end()) is not None
