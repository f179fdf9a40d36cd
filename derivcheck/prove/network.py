"""Proofs by canonical tensor networks: both sides become sums of labelled graphs, equal up to isomorphism."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from derivcheck.prove.graph import Monomial, add_powers
from derivcheck.prove.lower import Lowering, equal_dims
from derivcheck.prove.polynomial import Polynomial, added, multiplied, scaled, transposed
from derivcheck.prove.proof import OutOfReach, Proof
from derivcheck.prove.rewrite import normalised
from derivcheck.prove.session import InverseAtom, Session
from derivcheck.terms.term import Claim

MAX_CLEARINGS = 3  # inverses of sums multiplied away, one after the other
MAX_ATTEMPTS = 8  # products formed on the way


def prove_network(claim: Claim) -> Proof | None:
    """A proof for all dimensions and values, or None. Never a refutation."""
    if claim.relation != "=":
        return None
    session = Session()
    try:
        difference = _difference(claim, session)
        size = len(difference.terms)
        if not _vanishes(difference, session):
            return None
    except (OutOfReach, RecursionError):
        return None
    how = "both sides have the same canonical tensor network"
    if size:
        how += " after clearing denominators or inverses"
    return Proof("tensor network", tuple(session.assumptions), how)


def _difference(claim: Claim, session: Session) -> Polynomial:
    sides = []
    for term in (claim.lhs, claim.rhs):
        lowering = Lowering(claim, session, dict(claim.free), equal_dims(claim))
        sides.append(lowering.lower(term))
    return normalised(added([sides[0], scaled(sides[1], -1)], session.indices), session)


def _vanishes(p: Polynomial, session: Session) -> bool:
    p = normalised(_without_sums(p, session), session)
    return not session.collected(p) or _cleared(p, session, MAX_CLEARINGS)


def _without_sums(p: Polynomial, session: Session) -> Polynomial:
    """p times the powers of closed sums that make all their exponents nonnegative, integral ones expanded."""
    least: dict[str, Fraction] = {}
    for m in p.terms:
        powers = dict(m.powers)
        for atom in session.sums:
            if any(atom in dict(t.powers) for t in p.terms):
                least[atom] = min(least.get(atom, Fraction(0)), powers.get(atom, Fraction(0)))
    expanded = [Polynomial(p.rows, p.cols, ())]
    for m in p.terms:
        powers = dict(m.powers)
        part = Polynomial(p.rows, p.cols, (m,))
        for atom, low in sorted(least.items()):
            exponent = powers.get(atom, Fraction(0)) - low
            whole = exponent.numerator // exponent.denominator
            if whole > 8:
                raise OutOfReach("large exponent")
            change = exponent - whole - powers.get(atom, Fraction(0))
            part = replace(part, terms=tuple(_shifted(t, atom, change) for t in part.terms))
            for _ in range(whole):
                part = normalised(multiplied(part, session.sums[atom], session.indices), session)
        expanded.append(part)
    return added(expanded, session.indices)


def _shifted(m: Monomial, atom: str, change: Fraction) -> Monomial:
    return replace(m, powers=add_powers(m.powers, [(atom, change)]))


def _cleared(p: Polynomial, session: Session, fuel: int) -> bool:
    """Is S·p = 0 or p·S = 0 for one invertible S whose inverse stands at an edge of p?"""
    if fuel == 0 or (len(p.rows) != 1 and len(p.cols) != 1):
        return False
    for label, mirrored, left in _outermost_inverses(p, session):
        session.clearings += 1
        if session.clearings > MAX_ATTEMPTS:
            return False
        atom = session.atoms[label]
        assert isinstance(atom, InverseAtom)
        S = transposed(atom.argument) if mirrored else atom.argument
        if S.rows != S.cols or S.cols != (p.rows if left else p.cols):
            continue
        product = multiplied(S, p, session.indices) if left else multiplied(p, S, session.indices)
        q = normalised(product, session)
        if len(q.terms) <= len(p.terms) + 4 and _vanishes_after(q, session, fuel - 1):
            return True
    return False


def _outermost_inverses(p: Polynomial, session: Session) -> list[tuple[str, bool, bool]]:
    """(label, used transposed, at the rows) of each inverse whose leg is the row or the column of a term."""
    found: dict[tuple[str, bool, bool], None] = {}
    for m in p.terms:
        for n in m.nodes:
            if isinstance(session.atoms.get(n.label), InverseAtom) and len(n.legs) == 2:
                for position, leg in enumerate(n.legs):
                    if (leg,) == m.rows:
                        found.setdefault((n.label, position == 1, True))
                    if (leg,) == m.cols:
                        found.setdefault((n.label, position == 0, False))
    return sorted(found, key=lambda f: (not f[2], f))


def _vanishes_after(p: Polynomial, session: Session, fuel: int) -> bool:
    p = normalised(_without_sums(p, session), session)
    return not session.collected(p) or _cleared(p, session, fuel)
