"""Unification of symbolic dimensions.

Names starting with `?` are flexible (to be found); all others are the author's and rigid: two different rigid
names are different sizes unless the document says that they are equal.
"""

from __future__ import annotations

import re

from derivcheck.readings.errors import Clash
from derivcheck.terms.dim import ONE, Dim, Monomial, Shape

_MAX_TERMS = 24


_TOO_SMALL = "a vector or matrix cannot have size 1 here"


class Unifier:
    """The dimension equations of one attempt at reading. Pure state: a new attempt starts from a new one."""

    def __init__(self, equal: tuple[tuple[Dim, Dim], ...] = ()) -> None:
        self._bound: dict[str, Dim] = {}
        self._count = 0
        self._proper: set[str] = set()  # sizes of vectors and matrices: never 1
        self._sums: list[str] = []  # those that were set equal to a sum or a product, n - 1
        self.residue: list[tuple[Dim, Dim]] = []
        for a, b in equal:
            left, right = self.resolve(a), self.resolve(b)
            for one, other in ((left, right), (right, left)):
                if one.name is not None and one.name not in other.variables():
                    self._bound[one.name] = other
                    break

    def fresh(self, *, proper: bool = False) -> Dim:
        self._count += 1
        if proper:
            self._proper.add(f"?{self._count}")
        return Dim.of(f"?{self._count}")

    def fresh_shape(self) -> Shape:
        return (self.fresh(), self.fresh())

    def fork(self) -> Unifier:
        """One that goes its own way from here."""
        other = Unifier()
        other._count = self._count
        other._sums = list(self._sums)
        other.reset(self.mark())
        return other

    def mark(self) -> tuple[dict[str, Dim], set[str], list[tuple[Dim, Dim]]]:
        """The state, to go back to when an alternative fails."""
        return dict(self._bound), set(self._proper), list(self.residue)

    def reset(self, mark: tuple[dict[str, Dim], set[str], list[tuple[Dim, Dim]]]) -> None:
        bound, proper, residue = mark
        self._bound, self._proper, self.residue = dict(bound), set(proper), list(residue)

    def resolve(self, dim: Dim) -> Dim:
        bound = self._bound
        if dim is ONE:  # most are
            return dim
        for _ in range(50):
            if (name := dim.name) is not None:
                if name not in bound:
                    return dim
                dim = bound[name]
                continue
            names = [v for m, _ in dim.terms for v in m if v in bound]
            if not names:
                return dim
            dim = dim.substitute({v: bound[v] for v in names})
            if len(dim.terms) > _MAX_TERMS:
                raise Clash("a dimension grew too large")
        raise Clash("dimensions depend on each other")

    def shape(self, shape: Shape) -> Shape:
        return (self.resolve(shape[0]), self.resolve(shape[1]))

    def is_scalar(self, shape: Shape) -> bool:
        rows, cols = self.shape(shape)
        return rows.constant == 1 and cols.constant == 1

    def unify(self, a: Dim, b: Dim) -> None:
        """Make a = b; Clash when impossible. What cannot be solved yet is kept in `residue`."""
        a, b = self.resolve(a), self.resolve(b)
        if a.terms == b.terms or self._named(a, b):
            return
        a, b = _without_common_factor(a, b)
        difference = a - b
        if difference.constant is not None:
            raise Clash(f"{a} ≠ {b}")
        if self._solve(difference):
            self._retry()
            return
        if not any(_flexible(v) for v in difference.variables()):
            if _may_be_equal(a, b):
                self.residue.append((a, b))
                return
            raise Clash(f"{a} ≠ {b}")
        if all(_positive(d) for d in (a, b)) and _impossible(a, b):
            raise Clash(f"{a} ≠ {b}")
        self.residue.append((a, b))

    def unify_shapes(self, a: Shape, b: Shape) -> None:
        self.unify(a[0], b[0])
        self.unify(a[1], b[1])

    def _named(self, one: Dim, other: Dim) -> bool:
        """Make a name the same size as another, or as a number, which is what nearly all equations ask; False for what
        else they may ask."""
        names = one.name, other.name
        if names[0] is None or names[1] is None:
            return self._numbered(one, other) or self._numbered(other, one)
        first, second = sorted(n for n in names if n is not None)
        if not _flexible(first):
            first, second = second, first
        if not _flexible(first):
            raise Clash(f"{one} ≠ {other}")
        if first in self._proper and _flexible(second):
            self._proper.add(second)
        self._bound[first] = Dim.of(second)
        self._retry()
        return True

    def _numbered(self, one: Dim, other: Dim) -> bool:
        """Make a size that is to be found a number; False when that is not what is asked."""
        name, number = one.name, other.constant
        if name is None or number is None or number < 1 or not _flexible(name):
            return False
        if number == 1 and name in self._proper:
            raise Clash(_TOO_SMALL)
        self._bound[name] = other
        self._check_sums(name)
        self._retry()
        return True

    def _solve(self, difference: Dim) -> bool:
        """difference = 0 with a flexible variable that stands alone: bind it."""
        for monomial, coefficient in difference.terms:
            if len(monomial) != 1 or abs(coefficient) != 1 or not _flexible(monomial[0]):
                continue
            name = monomial[0]
            rest = difference - Dim(((monomial, coefficient),))
            if name in rest.variables():
                continue
            value = -rest if coefficient == 1 else rest
            if any(c < 0 for m, c in value.terms if m) or (value.constant is not None and value.constant < 1):
                continue
            if name in self._proper:
                if value.constant == 1:
                    raise Clash(_TOO_SMALL)
                if value.name is not None and _flexible(value.name):
                    self._proper.add(value.name)
                elif value.constant is None:
                    self._sums.append(name)
            self._bound[name] = value
            self._check_sums(name)
            return True
        return False

    def _check_sums(self, name: str) -> None:
        """A size of vectors that is n - 1 leaves n no 2; `name` was bound last."""
        if any(s in self._proper and self.resolve(Dim.of(s)) == ONE for s in self._sums):
            del self._bound[name]
            raise Clash(_TOO_SMALL)

    def _retry(self) -> None:
        pending, self.residue = self.residue, []
        for a, b in pending:
            self.unify(a, b)

    def match_products(self, permutation: int) -> None:
        """Settle `?a·?b = r·s` by matching factors in one of their orders; what does not match is left."""
        pending, self.residue = self.residue, []
        for one, other in pending:
            a, b = _without_common_factor(self.resolve(one), self.resolve(other))
            if len(a.terms) == 1 and len(b.terms) == 1 and a.terms[0][1] == b.terms[0][1]:
                left, right = a.terms[0][0], b.terms[0][0]
                if len(left) == len(right) == 2 and all(map(_flexible, left)) | all(map(_flexible, right)):
                    right = right if permutation % 2 == 0 else (right[1], right[0])
                    for x, y in zip(left, right, strict=True):
                        self.unify(Dim.of(x), Dim.of(y))
                    continue
            self.residue.append((a, b))

    def remaining(self) -> tuple[tuple[Dim, Dim], ...]:
        return tuple((self.resolve(a), self.resolve(b)) for a, b in self.residue)


def _flexible(name: str) -> bool:
    return name.startswith("?")


def _positive(dim: Dim) -> bool:
    return all(c > 0 for _, c in dim.terms)


def _impossible(a: Dim, b: Dim) -> bool:
    """1 = product of at least one rigid size: no."""
    for one, other in ((a, b), (b, a)):
        if one.constant == 1 and any(not _flexible(v) for v in other.variables()):
            return True
    return False


def _may_be_equal(a: Dim, b: Dim) -> bool:
    """Products of rigid sizes can be equal by an unstated relation (ab = rs); single names and constants are not."""
    return all(len(m) > 1 for d in (a, b) for m, _ in d.terms) and a.variables() != b.variables()


def _without_common_factor(a: Dim, b: Dim) -> tuple[Dim, Dim]:
    """Divide both by the monomial they share: ?a·m = n·m gives ?a = n."""
    if len(a.terms) != 1 or len(b.terms) != 1:
        return a, b
    (m, c), (n, d) = a.terms[0], b.terms[0]
    common: list[str] = []
    rest = list(n)
    for v in m:
        if v in rest:
            rest.remove(v)
            common.append(v)
    if not common:
        return a, b
    return Dim(((_remove(m, common), c),)), Dim(((tuple(rest), d),))


def _remove(monomial: Monomial, names: list[str]) -> Monomial:
    out = list(monomial)
    for v in names:
        out.remove(v)
    return tuple(out)


_TOKEN = re.compile(r"\s*(?:(\d+)|([*+\-^()·])|((?:[^\s*+\-^()·\d]|\\[A-Za-z]+)(?:[^\s*+\-^()·])*))")


def parse_dim(text: str) -> Dim | None:
    """Dimension text (`m`, `n*p`, `n^2`, `k+1`) to a Dim; None when it is empty or not a polynomial."""
    if not text.strip() or len(text) > 60:
        return None
    tokens = [m.group(1) or m.group(2) or m.group(3) for m in _TOKEN.finditer(text)]
    if "".join(tokens) != re.sub(r"\s", "", text):
        return None
    total, product, sign, i = Dim.of(0), None, 1, 0
    while i < len(tokens):
        t = tokens[i]
        if t in "+-":
            if product is not None:
                total = total + (product if sign > 0 else -product)
            product, sign = None, 1 if t == "+" else -1
        elif t in "()":
            return None
        elif t in "*·":
            pass
        elif t == "^":
            if product is None or i + 1 >= len(tokens) or tokens[i + 1] not in ("1", "2", "3", "4"):
                return None
            base = Dim.of(_atom(tokens[i - 1]))
            for _ in range(int(tokens[i + 1]) - 1):
                product = product * base
            i += 1
        else:
            atom = Dim.of(_atom(t))
            product = atom if product is None else product * atom
        i += 1
    if product is None:
        return None
    return total + (product if sign > 0 else -product)


def _atom(text: str) -> int | str:
    return int(text) if text.isdigit() else text
