"""Scalar sides that both readers must read alike, and real differences with who is right."""

from __future__ import annotations

from typing import Any

SIDES: tuple[str, ...] = (
    r"x + y",
    r"x - y + 3",
    r"-x",
    r"2x",
    r"2xy",
    r"x \cdot y",
    r"x \times y",
    r"3.5 x",
    r"\frac{1}{2}",
    r"\frac{x}{y}",
    r"\frac{x+1}{y-1}",
    r"\frac{\frac{x}{y}}{2}",
    r"x / y",
    r"\frac{1}{1+\frac{1}{x}}",
    r"x^2",
    r"x^{2}y",
    r"x^{y+1}",
    r"2^x",
    r"x^{-1}",
    r"(x+y)^2",
    r"(x+y)(x-y)",
    r"x(x+1)",
    r"\left(x+1\right)^3",
    r"-x^2",
    r"(-x)^2",
    r"\sqrt{x}",
    r"\sqrt{x+1}",
    r"\sqrt[3]{x}",
    r"\sqrt{\frac{x}{y}}",
    r"x^{\frac{1}{2}}",
    r"\frac{1}{\sqrt{x}}",
    r"\sin x",
    r"\sin(x)",
    r"\cos(2x)",
    r"\sin x \cos y",
    r"\sin^2 x",
    r"\sin^2(x) + \cos^2(x)",
    r"\tan(x+y)",
    r"\frac{\sin x}{x}",
    r"\cot x",
    r"\sec x",
    r"\arcsin(x)",
    r"\arctan(x)",
    r"\sinh(x)",
    r"\cosh x",
    r"\tanh(x)",
    r"e^x",
    r"e^{-x^2}",
    r"\exp(x)",
    r"\ln x",
    r"\ln(x+1)",
    r"\log_2(x)",
    r"\ln \frac{x}{y}",
    r"\pi x^2",
    r"\frac{\pi}{4}",
    r"|x|",
    r"|x - y|",
    r"n!",
    r"(n+1)!",
    r"\frac{n!}{k!}",
    r"\binom{n}{k}",
    r"\binom{n+1}{2}",
    r"\sum_{k=1}^{n} k",
    r"\sum_{k=1}^{n} k^2",
    r"\sum_{k=0}^{n} \binom{n}{k}",
    r"\sum_{k=1}^{n} \frac{1}{k(k+1)}",
    r"\prod_{k=1}^{n} k",
    r"\int_0^1 x^2 dx",
    r"\int_{0}^{\pi} \sin x \, dx",
    r"\int_0^1 \frac{1}{1+x^2} dx",
    r"\int_0^1 e^{-x} \, dx",
    r"x^3 - 3x + 2",
    r"\frac{x^2 - 1}{x - 1}",
)

# side, what derivcheck reads, what latex2sympy2 reads, who is right and why
DIFFERENCES: tuple[tuple[str, str, str, str], ...] = (
    (
        r"\log(x)",
        "log(x)",
        "log(x, 10)",
        "derivcheck: log is the natural logarithm in the texts that are read",
    ),
    (
        r"\lim_{x \to 0} \frac{\sin x}{x}",
        "nothing yet (limits are not read)",
        "the limit from the right",
        "derivcheck: no side is written, so unread is better than one-sided",
    ),
)


def lower_scalar(latex: str) -> Any:
    """The most natural scalar reading of a side, as SymPy with the symbols' own names."""
    import sympy

    from derivcheck.context.view import ContextView
    from derivcheck.notation.lexer import tokenize
    from derivcheck.notation.parser import parse
    from derivcheck.prove.scalar import Builder
    from derivcheck.prove.wire import Encoder
    from derivcheck.readings.chain import read_link
    from derivcheck.readings.choice import Choice
    from derivcheck.readings.elaborator import Calculus
    from derivcheck.readings.known import Known, Usage
    from derivcheck.statements.model import RelationKind

    view = ContextView(())
    known = Known(view, view.at(0), Usage(), frozenset())
    node = parse(tokenize(latex))
    reading = read_link(node, parse(tokenize("0")), RelationKind.EQUAL, known, Choice(), Calculus())
    assert reading.claim is not None, reading.failure
    encoder = Encoder(reading.claim)
    encoded = encoder.term(reading.claim.lhs)
    names = [name.partition(" ")[2] for name in encoder.numbers]
    builder = Builder([() for _ in names])
    expression = builder.built(encoded)
    return expression.subs(
        {builder.symbols[k]: sympy.Symbol(name) for k, name in enumerate(names)}, simultaneous=True
    )
