"""What a document speaks of, anywhere: it tells which of several usual meanings a sign has."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from derivcheck.context.facts import Fact, PropertyFact
from derivcheck.documents.model import Document, Heading, Prose
from derivcheck.patterns import pattern

_CHINESE = pattern(r"[\u4e00-\u9fff]{2}")
_MEAN = re.compile(r"\b(mean|average)s?\b|平均|均值", re.IGNORECASE)
_CHANCE = re.compile(
    r"\bexpect(?:ation|ed value)|\brandom (?:variable|vector|matri)|\bcovarianc|\bi\.i\.d|期望|随机|协方差",
    re.IGNORECASE,
)
_SIGMOID = re.compile(r"sigmoid|\blogistic|逻辑回归|逻辑斯|对数几率", re.IGNORECASE)
_ADJOINT = re.compile(
    r"\b(adjoint|hermitian|unitary|conjugates?|quantum|qubit|bra|ket|hilbert)\b|共轭|厄米|酉|量子", re.IGNORECASE
)
_COMPLEX = re.compile(
    r"\bcomplex(?:-valued)? (?:numbers?|plane|conjugat|exponential|function|roots?|analysis|variable)|\bimaginary\b"
    r"|\bde moivre|euler's (?:formula|identity)|复数|复平面|虚数|虚部|虚单位|棣莫弗|欧拉公式", re.IGNORECASE,
)  # fmt: skip
_CONJUGATE = re.compile(
    r"\b(hermitian|unitary|conjugate transposes?|complex(?:-valued)? (?:matri|vector|entr|inner)\w*|quantum|qubits?)\b"
    r"|共轭转置|厄米|埃尔米特|酉|量子|复矩阵|复向量", re.IGNORECASE,
)  # fmt: skip
_HESSIAN = re.compile(r"\bhessians?\b|海森|海塞|黑塞", re.IGNORECASE)
_LAPLACIAN = re.compile(r"\blaplac|拉普拉斯", re.IGNORECASE)
_PSEUDO_INVERSE = re.compile(r"pseudo-?inverse|moore|penrose|generali[sz]ed inverse|广义逆|伪逆", re.IGNORECASE)
_ORTHONORMAL = re.compile(
    r"\bortho-?normal|\bONB\b|\bmutually (?:perpendicular|orthogonal)|\borthogonal unit vectors?|\bright-?handed\b"
    r"|标准正交|规范正交|单位正交|\bortonorm|\borthonorm|ортонормир|正規直交|정규\s*직교",
    re.IGNORECASE,
)
_DEFINITE = re.compile(
    r"\b(?:spd|(?:symmetric|positive)[ -](?:positive[ -])?(?:semi-?)?definite) (?:matrices|cone|manifold)"
    r"|对称正定(?:矩阵)?(?:流形|锥)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Topics:
    """chinese: the text is; means: x̄ is the mean of the entries of x; sigmoids: σ may be the logistic sigmoid;
    adjoints: and no pseudo-inverse, so that a dagger is the adjoint; chances: E is an expectation; laplacians: ∇²
    may be one; hessians: and no Laplacian, so that ∇² is one; complex_numbers: i may be √-1; complex_values: or a
    symbol is said to be complex; conjugates: a star, H or dagger conjugates; definite_matrices: a matrix of which
    nothing is said may be symmetric positive definite; orthonormal: vectors may be."""

    chinese: bool = False
    means: bool = False
    sigmoids: bool = False
    adjoints: bool = False
    chances: bool = False
    hessians: bool = False
    laplacians: bool = False
    complex_numbers: bool = False
    complex_values: bool = False
    conjugates: bool = False
    definite_matrices: bool = False
    orthonormal: bool = False


def topics_of(document: Document, facts: Iterable[Fact]) -> Topics:
    """The topics that the words and headings of a document name, and its facts."""
    texts = [i.text for i in document.items if isinstance(i, Prose | Heading)]

    def named(words: re.Pattern[str]) -> bool:
        return any(words.search(t) for t in texts)

    laplacians, numbers = named(_LAPLACIAN), named(_COMPLEX)
    values = numbers or any(isinstance(f, PropertyFact) and f.prop == "complex" for f in facts)
    return Topics(
        chinese=any(not t.isascii() and _CHINESE.search(t) for t in texts),
        means=named(_MEAN),
        sigmoids=named(_SIGMOID),
        adjoints=named(_ADJOINT) and not named(_PSEUDO_INVERSE),
        chances=named(_CHANCE),
        hessians=named(_HESSIAN) and not laplacians,
        laplacians=laplacians,
        complex_numbers=numbers,
        complex_values=values,
        conjugates=values or named(_CONJUGATE),
        definite_matrices=named(_DEFINITE),
        orthonormal=named(_ORTHONORMAL),
    )
