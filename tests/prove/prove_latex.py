"""Scalar sides that both readers must read alike, and real differences with who is right."""

from __future__ import annotations

SIDES: tuple[str, ...] = (
    r"x + y", r"x - y + 3", r"-x", r"2x", r"2xy", r"x \cdot y", r"x \times y", r"3.5 x", r"\frac{1}{2}", r"\frac{x}{y}",
    r"\frac{x+1}{y-1}", r"\frac{\frac{x}{y}}{2}", r"x / y", r"\frac{1}{1+\frac{1}{x}}", r"x^2", r"x^{2}y", r"x^{y+1}",
    r"2^x", r"x^{-1}", r"(x+y)^2", r"(x+y)(x-y)", r"x(x+1)", r"\left(x+1\right)^3", r"-x^2", r"(-x)^2",
    r"\sqrt{x}", r"\sqrt{x+1}", r"\sqrt[3]{x}", r"\sqrt{\frac{x}{y}}", r"x^{\frac{1}{2}}", r"\frac{1}{\sqrt{x}}",
    r"\sin x", r"\sin(x)", r"\cos(2x)", r"\sin x \cos y", r"\sin^2 x", r"\sin^2(x) + \cos^2(x)", r"\tan(x+y)",
    r"\frac{\sin x}{x}", r"\cot x", r"\sec x", r"\arcsin(x)", r"\arctan(x)", r"\sinh(x)", r"\cosh x", r"\tanh(x)",
    r"e^x", r"e^{-x^2}", r"\exp(x)", r"\ln x", r"\ln(x+1)", r"\log(x)", r"\log_2(x)", r"\ln \frac{x}{y}", r"\pi x^2",
    r"\frac{\pi}{4}", r"|x|", r"|x - y|", r"n!", r"(n+1)!", r"\frac{n!}{k!}", r"\binom{n}{k}", r"\binom{n+1}{2}",
    r"\sum_{k=1}^{n} k", r"\sum_{k=1}^{n} k^2", r"\sum_{k=0}^{n} \binom{n}{k}", r"\sum_{k=1}^{n} \frac{1}{k(k+1)}",
    r"\prod_{k=1}^{n} k", r"\int_0^1 x^2 dx", r"\int_{0}^{\pi} \sin x \, dx", r"\int_0^1 \frac{1}{1+x^2} dx",
    r"\int_0^1 e^{-x} \, dx", r"\lim_{x \to 0} \frac{\sin x}{x}", r"x^3 - 3x + 2", r"\frac{x^2 - 1}{x - 1}",
)  # fmt: skip

# side, what derivcheck reads, what latex2sympy2 reads, who is right and why
DIFFERENCES: tuple[tuple[str, str, str, str], ...] = (
    (
        r"\lim_{x \to 0} \frac{\sin x}{x}",
        "the limit from both sides",
        "the limit from the right",
        "derivcheck: no side is written",
    ),
)
