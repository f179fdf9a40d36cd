"""Rewriting of networks: fused legs, inverses, orthogonality, idempotence, unit vectors.

Every rule is an identity between contractions, so it may be applied anywhere; an index may be summed away
only where all its legs take part in the rule and it stands at no free position.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from derivcheck.prove.graph import (
    FUSE,
    MAX_NODES,
    MAX_TERMS,
    UNIT,
    Monomial,
    Node,
    add_powers,
    identified,
    refreshed,
    with_loose,
)  # fmt: skip
from derivcheck.prove.polynomial import Polynomial
from derivcheck.prove.proof import OutOfReach
from derivcheck.prove.session import InverseAtom, Session

MAX_STEPS = 1500  # rewriting steps per proof attempt


def normalised(p: Polynomial, session: Session) -> Polynomial:
    """Every rule applied until none fits, like terms added."""
    done: list[Monomial] = []
    waiting = list(reversed(p.terms))
    while waiting:
        m = waiting.pop()
        successors = _step(m, session)
        if successors is None:
            done.append(m)
        else:
            session.steps += 1
            if session.steps > MAX_STEPS or len(waiting) + len(done) > MAX_TERMS:
                raise OutOfReach("too many rewriting steps")
            waiting.extend(reversed(successors))
    return session.merged(Polynomial(p.rows, p.cols, tuple(done)))


def _step(m: Monomial, session: Session) -> list[Monomial] | None:
    if len(m.nodes) > MAX_NODES:
        raise OutOfReach("too large a network")
    for rule in (_fuse_rule, _trait_rule):
        single = rule(m, session)
        if single is not None:
            return [single]
    return _inverse_rule(m, session)


def _without(m: Monomial, dropped: set[int], pairs: list[tuple[int, int]], summed: set[int], session: Session,
             new: tuple[Node, ...] = ()) -> Monomial:  # fmt: skip
    """m less the nodes at `dropped`, plus `new`, pairs of indices made one, `summed` ones used up."""
    kept = tuple(n for i, n in enumerate(m.nodes) if i not in dropped)
    after = identified(replace(m, nodes=kept + new), pairs, session.indices)
    ghost = tuple(Node("", (i,)) for i in sorted(m.indices() - summed))
    before = identified(Monomial(UNIT, ghost), pairs, session.indices).indices()
    return with_loose(after, before, session.indices)


def _fuse_rule(m: Monomial, session: Session) -> Monomial | None:
    fuses = [(i, n) for i, n in enumerate(m.nodes) if n.label == FUSE]
    if not fuses:
        return None
    count, opened, dims = m.occurrences(), m.open_indices(), session.indices.dims

    def only_here(index: int) -> bool:
        return count[index] == 1 and index not in opened

    for i, node in fuses:
        whole, parts = node.legs[0], node.legs[1:]
        if only_here(whole):
            return _without(m, {i}, [], {whole}, session)
        if all(only_here(p) for p in parts):
            return _without(m, {i}, [], set(parts), session)
        for j, other in fuses:
            if i == j:
                continue
            other_whole, other_parts = other.legs[0], other.legs[1:]
            if whole == other_whole and [dims[p] for p in parts] == [dims[p] for p in other_parts]:
                return _without(m, {j}, list(zip(parts, other_parts, strict=True)), set(), session)
            if parts == other_parts:
                return _without(m, {j}, [(whole, other_whole)], set(), session)
            if other_whole in parts and count[other_whole] == 2 and other_whole not in opened:
                k = parts.index(other_whole)
                flat = Node(FUSE, (whole, *parts[:k], *other_parts, *parts[k + 1 :]))
                return _without(m, {i, j}, [], {other_whole}, session, (flat,))
    return None


def _trait_rule(m: Monomial, session: Session) -> Monomial | None:
    if not any(n.label in session.traits or n.label in session.reciprocal for n in m.nodes):
        return None
    count, opened = m.occurrences(), m.open_indices()

    def summed_pair(index: int) -> bool:
        return count[index] == 2 and index not in opened

    for i, a in enumerate(m.nodes):
        traits = session.traits.get(a.label, frozenset())
        if "probability" in traits and count[a.legs[0]] == 1 and a.legs[0] not in opened:
            return _without(m, {i}, [], {a.legs[0]}, session)
        for j, b in enumerate(m.nodes):
            if i == j:
                continue
            if session.reciprocal.get(a.label) == b.label and a.legs == b.legs:
                return _without(m, {i, j}, [], set(), session)
            if a.label != b.label:
                continue
            if "unit" in traits and a.legs == b.legs and summed_pair(a.legs[0]):
                return _without(m, {i, j}, [], {a.legs[0]}, session)
            for s, t in ((0, 0), (1, 1), (1, 0), (0, 1)):
                if len(a.legs) != 2 or a.legs[s] != b.legs[t] or not summed_pair(a.legs[s]):
                    continue
                if "orthogonal" in traits and (s == t or a.symmetric):
                    return _without(m, {i, j}, [(a.legs[1 - s], b.legs[1 - t])], {a.legs[s]}, session)
                if "idempotent" in traits and ((s, t) == (1, 0) or a.symmetric):
                    one = Node(a.label, (a.legs[1 - s], b.legs[1 - t]), a.symmetric)
                    return _without(m, {i, j}, [], {a.legs[s]}, session, (one,))
    return None


def leading_term(p: Polynomial, session: Session) -> int | None:
    """The largest term that can be found inside a network: no powers, each position touched and distinct."""
    best: tuple[int, str] | None = None
    chosen: int | None = None
    for k, m in enumerate(p.terms):
        positions = [index for _, index in m.positions()]
        touched = {leg for n in m.nodes for leg in n.legs}
        if m.powers or m.loose or m.bound or len(set(positions)) != len(positions):
            continue
        if not touched.issuperset(positions):
            continue
        rank = (len(m.nodes), repr(session.monomial_keys(m)[0][0]))
        if best is None or rank > best:
            best, chosen = rank, k
    return chosen


def _inverse_rule(m: Monomial, session: Session) -> list[Monomial] | None:
    for i, node in enumerate(m.nodes):
        atom = session.atoms.get(node.label)
        if not isinstance(atom, InverseAtom) or atom.lead is None:
            continue
        half = len(atom.argument.cols)
        a, b = node.legs[:half], node.legs[half:]
        for inner, outer, side in ((a, b, "left"), (b, a, "right")):
            found = _cancelled(m, i, inner, outer, side, atom, session)
            if found is None and node.symmetric:
                found = _cancelled(m, i, inner, outer, "right" if side == "left" else "left", atom, session)
            if found is not None:
                return found
    return None


def _cancelled(m: Monomial, at: int, inner: tuple[int, ...], outer: tuple[int, ...], side: str,
               atom: InverseAtom, session: Session) -> list[Monomial] | None:  # fmt: skip
    """lead(x, inner)·S⁻¹(inner, outer) → (δ(x, outer) − rest(x, y)·S⁻¹(y, outer)) / c, or mirrored."""
    assert atom.lead is not None
    lead = atom.argument.terms[atom.lead]
    near, far = (lead.cols, lead.rows) if side == "left" else (lead.rows, lead.cols)
    count, opened, wanted = m.occurrences(), m.open_indices(), lead.occurrences()
    if any(i in opened or count[i] != wanted[p] + 1 for i, p in zip(inner, near, strict=True)):
        return None
    if len(set(inner)) != len(inner):
        return None
    for binding, used in _matches(lead, m, at, dict(zip(near, inner, strict=True)), session):
        x = [binding[p] for p in far]
        gone = {binding[p] for p in lead.indices() if p not in far}
        scale = 1 / lead.coefficient
        unit = _without(m, used | {at}, list(zip(x, outer, strict=True)), gone, session)
        out = [replace(unit, coefficient=unit.coefficient * scale)]
        for k, other in enumerate(atom.argument.terms):
            if k != atom.lead:
                out.append(_with_rest(m, at, used, gone, x, outer, side, other, -scale, session))
        return out
    return None


def _with_rest(m: Monomial, at: int, used: set[int], gone: set[int], x: list[int], outer: tuple[int, ...],
               side: str, other: Monomial, scale: Fraction, session: Session) -> Monomial:  # fmt: skip
    rest = refreshed(other, session.indices)
    near, far = (rest.cols, rest.rows) if side == "left" else (rest.rows, rest.cols)
    node = m.nodes[at]
    legs = (*near, *outer) if side == "left" else (*outer, *near)  # a symmetric one may be written either way
    kept = tuple(n for i, n in enumerate(m.nodes) if i not in used and i != at)
    new = replace(
        m,
        coefficient=m.coefficient * rest.coefficient * scale,
        nodes=(*kept, *rest.nodes, Node(node.label, legs, node.symmetric)),
        powers=add_powers(m.powers, rest.powers),
        loose=m.loose + rest.loose,
    )
    pairs = list(zip(far, x, strict=True))
    ghost = tuple(Node("", (i,)) for i in sorted((m.indices() - gone) | rest.indices()))
    before = identified(Monomial(UNIT, ghost), pairs, session.indices).indices()
    return with_loose(identified(new, pairs, session.indices), before, session.indices)


def _matches(pattern: Monomial, m: Monomial, at: int, start: dict[int, int],
             session: Session) -> Iterator[tuple[dict[int, int], set[int]]]:  # fmt: skip
    """Embeddings of the pattern's nodes into those of m (other than `at`) that extend `start`."""
    count, opened, wanted = m.occurrences(), m.open_indices(), pattern.occurrences()
    ends = pattern.open_indices()
    order = _connected_order(pattern, set(start))

    def extend(k: int, binding: dict[int, int], used: set[int]) -> Iterator[tuple[dict[int, int], set[int]]]:
        session.steps += 1
        if session.steps > MAX_STEPS * 10:
            raise OutOfReach("too many rewriting steps")
        if k == len(order):
            if _inner_apart(binding, ends):
                yield binding, used
            return
        node = order[k]
        for i, candidate in enumerate(m.nodes):
            if i in used or i == at or candidate.label != node.label:
                continue
            variants = [candidate.legs]
            if node.symmetric and candidate.legs[0] != candidate.legs[1]:
                variants.append((candidate.legs[1], candidate.legs[0]))
            for legs in variants:
                new = dict(binding)
                if all(new.setdefault(p, t) == t for p, t in zip(node.legs, legs, strict=True)) and all(
                    p in ends or (t not in opened and count[t] == wanted[p])
                    for p, t in zip(node.legs, legs, strict=True)
                ):
                    yield from extend(k + 1, new, used | {i})

    yield from extend(0, dict(start), set())


def _inner_apart(binding: dict[int, int], ends: frozenset[int]) -> bool:
    """Inner indices of the pattern must land on indices of their own."""
    images = list(binding.values())
    return all(images.count(t) == 1 for p, t in binding.items() if p not in ends)


def _connected_order(pattern: Monomial, known: set[int]) -> list[Node]:
    waiting, order = list(pattern.nodes), list[Node]()
    while waiting:
        best = next((n for n in waiting if known.intersection(n.legs)), waiting[0])
        waiting.remove(best)
        order.append(best)
        known = known | set(best.legs)
    return order
