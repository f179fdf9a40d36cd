"""Hostile text through the whole flow: a verdict or `unknown`, never an exception, never without end.

The alarm is a guard against hangs, far above what any of these takes; nothing is measured here.
"""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Callable, Iterator
from types import FrameType

import pytest

from derivcheck.documents.model import Flavour
from derivcheck.pipeline import check_text
from derivcheck.report.model import FileReport
from derivcheck.verdict import Verdict

GUARD = 60  # seconds
UNDECIDED = {Verdict.UNKNOWN, Verdict.DEFINITION, Verdict.ASSUMPTION}


@pytest.fixture(autouse=True)
def guard() -> Iterator[None]:
    def give_up(signum: int, frame: FrameType | None) -> None:
        raise TimeoutError(f"not done after {GUARD} seconds")

    if not hasattr(signal, "SIGALRM"):
        yield
        return
    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(GUARD)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def display(body: str) -> str:
    return f"Words.\n\n$$\n{body}\n$$\n"


def matrix(entry: Callable[[int, int], str], size: int) -> str:
    rows = (" & ".join(entry(i, j) for j in range(size)) for i in range(size))
    return "\\begin{pmatrix}" + "\\\\".join(rows) + "\\end{pmatrix}"


def verdicts(report: FileReport) -> Counter[Verdict]:
    """The verdicts of all links; a display that was not read counts as unknown."""
    assert report.error is None, report.error
    found = Counter(link.verdict for equation in report.equations for link in equation.links)
    found[Verdict.UNKNOWN] += sum(equation.unparsed is not None for equation in report.equations)
    return found


UNREADABLE = {
    "parentheses": "(" * 10_000 + "x" + ")" * 10_000 + " = x",
    "braces": "{" * 10_000 + "x" + "}" * 10_000 + " = x",
    "left right": "\\left(" * 5_000 + "x" + "\\right)" * 5_000 + " = x",
    "fractions": "\\frac{1}{" * 3_000 + "x" + "}" * 3_000 + " = x",
    "towers": "x^{" * 3_000 + "2" + "}" * 3_000 + " = x",
    "roots": "\\sqrt{" * 2_000 + "x" + "}" * 2_000 + " = x",
    "accents": "\\hat{" * 2_000 + "x" + "}" * 2_000 + " = x",
    "environments": "\\begin{aligned}" * 1_000 + "x = 1" + "\\end{aligned}" * 1_000,
    "a hundred thousand terms": "x = " + " + ".join(["x"] * 100_000),
    "two thousand factors": "A = " + "A B " * 2_000,
    "bars": "|a" * 5_000 + " = 1",
    "carets": "x" + "^" * 20_000 + " = 1",
    "subscripts": "x" + "_a" * 10_000 + " = 1",
    "primes": "x" + "'" * 20_000 + " = 1",
    "signs": "x = " + "-" * 20_000 + "x",
    "backslashes": "\\" * 50_001 + " = 1",
    "bold letters": "𝐱" * 5_000 + " = 𝐀",
    "a large matrix": f"{matrix(lambda i, j: '1', 60)} = {matrix(lambda i, j: '1', 60)}",
    "a large determinant": f"\\det {matrix(lambda i, j: f'a_{{{i}{j}}}', 30)} = 3",
    "a tower of numbers": "9^{9^{9^9}} = 9^{9^{9^9}} + 1",
    "a matrix power": "A^{1000000} = A^{1000001}",
    "a factorial": "(10^{10^{10}})! = 1",
    "a binomial": "\\binom{10^{12}}{10^{11}} = 4",
    "a long sum": "\\sum_{i=1}^{10^9} i = 3",
    "a long product": "\\prod_{i=1}^{1000000000} i = 3",
    "nested sums": "\\sum_{i=1}^{1000}\\sum_{j=1}^{1000}\\sum_{k=1}^{1000} ijk = 7",
    "many digits": "1" * 100_000 + " = 2",
    "many decimals": "0." + "1" * 50_000 + " = 2",
    "exponentials": "\\exp(\\exp(\\exp(\\exp(100)))) = 1",
    "fifty derivatives": "\\frac{\\partial}{\\partial x}" * 50 + "x^{60} = x",
    "Kronecker products": "A" + "\\otimes A" * 300 + " = A",
}


@pytest.mark.parametrize("body", UNREADABLE.values(), ids=UNREADABLE)
def test_what_is_too_large_is_unknown(body: str) -> None:
    found = verdicts(check_text(display(body)))
    assert found.total() >= 1
    assert set(+found) <= UNDECIDED


@pytest.mark.parametrize("body", ["x\\text{'} = 1", "\\operatorname{'} x = 1", "x\\text{!}' = \\text{\\limits} 1"])
def test_words_that_look_like_marks_are_words(body: str) -> None:
    assert verdicts(check_text(display(body))).total() == 1


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        ("3^{10^9} = 3^{10^9 + 1}", Verdict.REFUTED),
        ("x^{10^9} = x^{10^9 + 1}", Verdict.ASSUMPTION),  # an equation for x, by what was computed
        ("9^{9^9} = 1", Verdict.REFUTED),
        ("10^9! = 1", Verdict.REFUTED),
    ],
)
def test_large_numbers_are_decided_in_ball_arithmetic(body: str, verdict: Verdict) -> None:
    assert +verdicts(check_text(display(body))) == Counter([verdict])


def test_a_chain_of_five_thousand_links_is_decided_link_by_link() -> None:
    found = verdicts(check_text(display(" = ".join(["2 + 2"] * 5_000))))
    assert found.total() == 4_999
    assert found[Verdict.PROVED] + found[Verdict.VERIFIED] == 4_999


def test_four_thousand_displays() -> None:
    assert verdicts(check_text("$$x = 1$$\n\n" * 4_000)).total() == 4_000


@pytest.mark.parametrize(
    "text",
    [
        "\n\n".join(f"$$x_{{{i + 1}}} := x_{{{i}}} + 1$$" for i in range(3_000)),
        "$$x := x + 1$$\n\n" * 3_000,
        "\n\n".join(f"$$x_{{{i + 1}}} := x_{{{i}}} + x_{{{i}}}$$" for i in range(300)),
    ],
    ids=["chained", "of one symbol", "doubling"],
)
def test_definitions_by_the_thousand(text: str) -> None:
    used = check_text(text + "\n\n$$x_{300} = x_{299} + 1$$\n")
    found = verdicts(used)
    assert found[Verdict.DEFINITION] >= 299
    assert not found[Verdict.REFUTED]


MARKDOWN = {
    "nothing": "",
    "white space": " \n" * 1_000,
    "NUL": "\0" * 1_000,
    "a long line": "a " * 500_000,
    "dollars in a line": "$a " * 20_000,
    "one paragraph of formulas": "$x$ " * 10_000,
    "unclosed displays": "$$ x = 1 \n\n" * 2_000,
    "unclosed environments": "\\begin{equation} x = 1\n\n" * 2_000,
    "environments that only begin": "\\begin{align}" * 5_000 + "x = 1",
    "unclosed braces": display("x = {" * 5_000),
    "closing braces": display("}" * 5_000 + " = 1"),
    "opened parentheses": display("(" * 10_000 + "= x"),
    "rows": "\\begin{align}\n" + "a &= b \\\\\n" * 3_000 + "\\end{align}",
    "alignment marks": display("x = " + "&" * 20_000 + "x"),
    "line breaks": display("x = " + "\\\\" * 20_000 + "x"),
    "commas": display("x = " + "," * 20_000 + "x"),
    "combining accents": display("x" + "\u0301" * 10_000 + " = 1"),
    "right to left": display("\u202e x = 1 \u2066" * 100),
    "a lone surrogate": "$$x = \ud800$$",
    "line ends": "$$x = 1$$\r\n\r" * 1_000,
    "let": "Let " * 10_000 + "$A$ be " * 2_000,
    "a sentence without end": "Let $A$ be a matrix, where $B$ is symmetric and " * 2_000,
    "设": "设" * 20_000 + "$A$" + "为矩阵" * 5_000,
    "one word": "a" * 200_000 + "!",
    "list marks": "- " * 50_000,
    "quotes": "> " * 3_000 + "x",
    "links": "[" * 20_000 + "x" + "](" * 20_000,
    "backticks": "`" * 50_000,
    "emphasis": "*a " * 30_000,
    "angle brackets": "<" * 50_000,
    "comments": "<!--" * 20_000,
    "annotations": "<!-- derivcheck: " * 10_000,
    "table": "| a | b |\n|---|---|\n" + "| $x$ | $y$ |\n" * 2_000,
    "front matter": "---\n" * 5_000,
    "nested lists": "".join("  " * i + "- a\n" for i in range(500)),
    "headings": "# a\n" * 10_000,
    "huge sizes": "Let $A$ be a $100000\\times 100000$ matrix.\n" + display("A A = A"),
}


@pytest.mark.parametrize("text", MARKDOWN.values(), ids=MARKDOWN)
def test_markdown_without_sense(text: str) -> None:
    verdicts(check_text(text, flavour=Flavour.MARKDOWN))


LATEX = {
    "a macro that calls itself": "\\newcommand{\\a}{\\a\\a}$$\\a = 1$$",
    "macros that call each other": "\\newcommand{\\a}{\\b\\b}\\newcommand{\\b}{\\a\\a}$$\\a = \\b$$",
    "a billion laughs": "".join(
        f"\\newcommand{{\\{chr(98 + i)}}}{{{f'{chr(92)}{chr(97 + i)}' * 10}}}\n" for i in range(20)
    )
    + "$$\\u = \\t$$",
    "doubled arguments": "\\newcommand{\\d}[1]{#1#1}$$" + "\\d{" * 40 + "x" + "}" * 40 + " = 1$$",
    "definitions over and over": "\\newcommand{\\a}{x}\n" * 20_000,
    "definitions that do not end": "\\def\\a#1{" * 5_000,
    "inputs": "\\input{x}\n" * 5_000,
    "conditionals": "\\iffalse " * 20_000,
    "verbatim": "\\verb|" * 20_000,
    "dollars": "$" * 50_001,
    "rows that do not end": "\\begin{align} a &= b \\\\ " * 3_000,
    "brackets": "\\[ x = 1 " * 5_000,
    "inline brackets": "\\(" * 20_000,
    "sections": "\\section{" * 10_000,
    "percent signs": "%" * 100_000,
    "category codes": "\\catcode`\\$=12 $$x = 1$$",
}


@pytest.mark.parametrize("text", LATEX.values(), ids=LATEX)
def test_latex_without_sense(text: str) -> None:
    found = verdicts(check_text(text, flavour=Flavour.LATEX))
    assert not found[Verdict.REFUTED]
