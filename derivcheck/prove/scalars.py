"""Powers, logarithms and exponentials of closed (scalar) polynomials."""

from __future__ import annotations

from fractions import Fraction

from derivcheck.prove.graph import Monomial, Node
from derivcheck.prove.polynomial import Polynomial, added, constant, multiplied, scaled
from derivcheck.prove.proof import OutOfReach
from derivcheck.prove.rewrite import normalised
from derivcheck.prove.session import FunctionAtom, Key, Session

MAX_EXPONENT = 12


def is_closed(p: Polynomial) -> bool:
    return p.is_scalar and not any(m.bound for m in p.terms)


def from_key(key: Key, coefficient: Fraction = Fraction(1)) -> Polynomial:
    """The closed monomial with these atoms."""
    return Polynomial((), (), (Monomial(coefficient, powers=key),))


def raised(p: Polynomial, exponent: Fraction, session: Session) -> Polynomial:
    """p^exponent for a closed scalar p, where it is defined (p ≠ 0 below zero exponents, p ≥ 0 for roots)."""
    if not is_closed(p):
        raise OutOfReach("power of an open term")
    if abs(exponent) > MAX_EXPONENT or exponent.denominator > MAX_EXPONENT:
        raise OutOfReach("large exponent")
    forms = session.collected(p)
    if not forms:
        if exponent > 0:
            return constant(0)
        raise OutOfReach("power of zero")
    if exponent < 0:
        session.assume("divisors are nonzero")
    if len(forms) == 1:
        ((key, c),) = forms.items()
        if exponent.denominator == 1:
            return from_key(_times(key, exponent), c**exponent.numerator)
        if c == 1 and (
            all(_nonnegative(a, e, session) for a, e in key) or (len(key) == 1 and key[0][1] == 1)
        ):
            return from_key(_times(key, exponent))
    elif exponent.denominator == 1 and exponent > 0:
        result = p
        for _ in range(exponent.numerator - 1):
            result = normalised(multiplied(result, p, session.indices), session)
        return result
    return _sum_raised(p, forms, exponent, session)


def _sum_raised(
    p: Polynomial, forms: dict[Key, Fraction], exponent: Fraction, session: Session
) -> Polynomial:
    content = next(iter(forms.values())) if exponent.denominator == 1 else Fraction(1)
    monic = scaled(p, 1 / content)
    name = f"({session.text(monic)})"
    session.sums.setdefault(name, monic)
    return from_key(
        ((name, exponent),), content**exponent.numerator if exponent.denominator == 1 else Fraction(1)
    )


def _times(key: Key, exponent: Fraction) -> Key:
    return tuple((a, e * exponent) for a, e in key)


def _nonnegative(atom: str, exponent: Fraction, session: Session) -> bool:
    return atom in session.positive or exponent.denominator % 2 == 0


def logarithm(p: Polynomial, session: Session) -> Polynomial:
    """log p, split over factors only where that is valid wherever log p is defined."""
    forms = session.collected(p)
    if len(forms) == 1:
        ((key, c),) = forms.items()
        if not key and c == 1:
            return constant(0)
        positive = [(a, e) for a, e in key if _nonnegative(a, e, session)]
        others = [(a, e) for a, e in key if not _nonnegative(a, e, session)]
        if c > 0 and len(others) <= 1 and all(abs(e) == 1 for _, e in others):
            # the one factor of unknown sign must be positive, since the product is
            parts = [
                scaled(_log_atom(from_key(((a, Fraction(1)),)), session), e) for a, e in positive + others
            ]
            if c != 1:
                parts.append(_log_atom(constant(c), session))
            return added(parts, session.indices)
    return _log_atom(p, session)


def _log_atom(p: Polynomial, session: Session) -> Polynomial:
    label = f"log{{{session.text(p)}}}"
    session.atoms.setdefault(label, FunctionAtom("log", p))
    return Polynomial((), (), (Monomial(Fraction(1), (Node(label, ()),)),))


def exponential(p: Polynomial, session: Session) -> Polynomial:
    """exp Σ c·M = Π exp(M)^c."""
    key: list[tuple[str, Fraction]] = []
    for monomial, c in session.collected(p).items():
        argument = from_key(monomial)
        label = f"exp{{{session.text(argument)}}}"
        session.atoms.setdefault(label, FunctionAtom("exp", argument))
        name = f"{label}()"
        session.closed.setdefault(name, (Node(label, ()),))
        session.positive.add(name)
        key.append((name, c))
    return from_key(tuple(sorted(key)))
