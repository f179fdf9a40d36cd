"""When agreement is not believed: readings that fit shapes by taking symbols for less than they are."""

from __future__ import annotations

from collections.abc import Iterable

from derivcheck.judge.question import Tried
from derivcheck.judge.vanishing import leaves_a_zero, zero_by_conditions
from derivcheck.readings.chain import LinkReading
from derivcheck.readings.known import Known, plain
from derivcheck.terms.dim import ONE, SCALAR
from derivcheck.terms.term import Apply, Claim, Derivative, Differential, Term, Variable
from derivcheck.terms.walk import subterms
from derivcheck.verify.evidence import Agreed, Refuted, Undecided


def equates_a_multiple(t: Tried) -> bool:
    """Whether it is false with a scalar side for that multiple of the identity: where a function may have values of
    any kind, nothing speaks of an identity."""
    claim = t.reading.claim
    if claim is None or not isinstance(t.evidence, Refuted) or not any(s.depends for s in claim.symbols.values()):
        return False
    return _is_multiple(claim.lhs) or _is_multiple(claim.rhs)


def _is_multiple(side: Term) -> bool:
    """A scalar that became a multiple of the identity as a whole, which nothing in the source says."""
    match side:
        case Apply(operator="scale", args=(scalar, Apply(operator="identity"))):
            return (side.start, side.end) == (scalar.start, scalar.end)
        case _:
            return False


def adds_a_number(t: Tried) -> bool:
    """Whether it holds with a symbol for that multiple of the identity where a derivative is a sum: ∇²f = XᵀX + λ. Of
    operators, (A − λ)x, and of numbers, 1 + A, that is how authors write; of a Hessian the identity was forgotten."""
    claim = t.reading.claim
    if claim is None or not t.reading.choice.scalar_identity or not isinstance(t.evidence, Agreed):
        return False
    differentiated = any(isinstance(term, Derivative) for side in (claim.lhs, claim.rhs) for term in subterms(side))
    return differentiated and any(_adds_a_multiple(side) for side in (claim.lhs, claim.rhs))


def _adds_a_multiple(side: Term) -> bool:
    """A sum with a symbol that became a multiple of the identity."""
    terms = side.args if isinstance(side, Apply) and side.operator == "add" else ()
    parts = (t.args[0] if isinstance(t, Apply) and t.operator == "negate" else t for t in terms)
    return any(_is_multiple(p) and any(isinstance(t, Variable) for t in subterms(p)) for p in parts)


def specialises(reading: LinkReading, known: Known) -> bool:
    """Whether it holds only because some symbols are taken for less than they look, next to others that are not:
    such agreement says nothing. A claim between scalars alone is another matter."""
    kinds = dict(reading.choice.kinds)
    lowered = [k for k in reading.lowered if not (kinds[k] == "column" and _has_entries(known, k))]
    if not lowered or reading.claim is None:
        return False
    return any(s.shape != SCALAR for s in reading.claim.symbols.values())


def _has_entries(known: Known, key: str) -> bool:
    """Y beside Y_i and never Y_ij: the capital of a vector."""
    hints = known.usage.of(key)
    return {"bare", "indexed"} <= hints and not hints & {"double", "matrix"}


def against_use(reading: LinkReading, known: Known) -> bool:
    """Whether a symbol is taken for less than its use or a bold font shows it to be."""
    return any(k.startswith("bf:") or settled_by_use(known, k) for k in reading.lowered)


def saved_against_words(result: Tried, tried: Iterable[Tried], known: Known) -> bool:
    """Whether it holds for other kinds of symbols only, and is false with what the text said of them before."""
    flipped = [key for key, _ in result.reading.choice.kinds]
    if not any(known.earlier_shape(k) for k in flipped) or not isinstance(result.evidence, Agreed):
        return False
    before = (t for t in tried if t.reading.choice.recalled and not t.reading.choice.kinds)
    return any(isinstance(t.evidence, Refuted) for t in before)


def emptied(result: Tried) -> bool:
    """Whether equations stated nearby leave nothing of the claim, of ∂L/∂μ = c − Ax where Ax = c, or nothing of one of
    its symbols: (I + ZᵀZ)² = I where they have no solution but Z = 0."""
    claim = result.reading.claim
    if claim is None or not result.reading.choice.use_equations or not isinstance(result.evidence, Agreed):
        return False
    return zero_by_conditions(claim) or leaves_a_zero(claim)


def taken_for_square(claim: Claim, known: Known) -> list[str]:
    """The matrices of full column rank, or with orthonormal columns, that only the shapes of the claim make square:
    then A A⁺ = A⁺ A = I, which nobody means who tells the rank."""
    thin = (k for k, s in claim.symbols.items() if s.properties & _THIN and not s.properties & _REGULAR)
    square = (k for k in thin if claim.symbols[k].shape[0] == claim.symbols[k].shape[1] != ONE)
    said = (k for k in square if not known.at.called_square(k))
    return [k for k in said if (shape := known.shape(k)) is None or not shape.rows or shape.rows != shape.cols]


_THIN = frozenset({"full_column_rank", "full_row_rank", "orthonormal"})
_REGULAR = frozenset({"invertible", "orthogonal", "rotation", "spd", "symmetric"})


def saved_against_font(t: Tried) -> bool:
    """Whether it holds with a number for a bold capital."""
    kinds = dict(t.reading.choice.kinds)
    bold = [k for k in t.reading.lowered if k.startswith("bf:") and kinds[k] == "scalar" and plain(k)[:1].isupper()]
    return bool(bold) and isinstance(t.evidence, Agreed)


def saved_against_vectors(t: Tried, known: Known) -> bool:
    """Whether it holds with a number for what is a vector elsewhere in the text: z of softmax(z), of zᵀ."""
    kinds = dict(t.reading.choice.kinds)
    vectors = [k for k in t.reading.lowered if kinds[k] == "scalar" and "vector" in known.usage.of(k)]
    return bool(vectors) and isinstance(t.evidence, Agreed)


def false_in_general(result: Tried, tried: list[Tried]) -> bool:
    """A reading with symbols taken for less cannot save what another, that takes none for less, refutes."""
    if not result.reading.lowered:
        return False
    if any(isinstance(t.evidence, Undecided) for t in tried):
        return True  # nor what no other could decide
    return any(isinstance(t.evidence, Refuted) and t.reading.choice.kinds and not t.reading.lowered for t in tried)


def saved_by_a_constant(result: Tried, tried: Iterable[Tried]) -> bool:
    """Whether it holds where a definition was not read, so that its symbol does not vary, and is false with it:
    d(HB) = H dB of an H that is made of B."""
    claim = result.reading.claim
    if claim is None or not result.reading.weakened or not isinstance(result.evidence, Agreed):
        return False
    if not result.reading.choice.stretched:
        return False
    sides = (t for side in (claim.lhs, claim.rhs) for t in subterms(side))
    varied = any(isinstance(t, Derivative | Differential) for t in sides)
    return varied and any(isinstance(t.evidence, Refuted) and not t.reading.weakened for t in tried)


def using_most(first: Tried, tried: tuple[Tried, ...]) -> Tried:
    """Where all readings are false, one that uses the definitions the most natural one had to leave out."""
    if not first.reading.weakened or any(isinstance(t.evidence, Undecided) for t in tried):
        return first
    full = (t for t in tried if isinstance(t.evidence, Refuted) and not t.reading.weakened)
    return next((t for t in full if not t.reading.choice.stretched), first)


_NONSCALAR = frozenset({"matrix", "vector", "nonscalar"})


def settled_by_use(known: Known, key: str) -> bool:
    """Whether the document's use of the symbol settles what it is."""
    return bool(known.usage.of(key) & _NONSCALAR) or known.declared(key)
