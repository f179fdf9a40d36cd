"""An expression under construction: operands and operators come in, left to right, and fold by precedence."""

from __future__ import annotations

from derivcheck.notation.symbols import OPERATORS, Rank
from derivcheck.notation.tree import Add, Empty, Infix, Juxt, Name, Node, Rel, Script, Sequence, Sym


class Expression:
    """Separators < relations < signs < `:` < other infixes < juxtaposition; chains are flat or lean left."""

    __slots__ = (
        "_colon",
        "_colon_left",
        "_elements",
        "_gaps",
        "_items",
        "_leading",
        "_left",
        "_members",
        "_op",
        "_prefixes",
        "_prose",
        "_relations",
        "_separators",
        "_signs",
        "_starts",
        "_terms",
    )

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        self._items: list[Node] = []  # the juxtaposition being read
        self._gaps: list[bool] = []
        self._prefixes: list[tuple[str, int]] = []  # signs after an infix: a \cdot -b
        self._left: Node | None = None  # of the pending infix
        self._op = ""
        self._colon_left: Node | None = None
        self._colon = ""
        self._signs: list[str] = []
        self._terms: list[Node] = []
        self._leading = False
        self._starts = 0  # of a leading sign
        self._members: list[Node] = []
        self._relations: list[str] = []
        self._prose: list[Node] = []  # x > 0 \text{ and } y > 0
        self._elements: list[Node] = []
        self._separators: list[str] = []

    @property
    def expects_operand(self) -> bool:
        return not self._items

    @property
    def is_fresh(self) -> bool:
        """Has nothing come in yet?"""
        pending = self._op or self._colon or self._signs or self._relations
        return not (self._items or pending or self._separators or self._prose)

    @property
    def is_lone_operator(self) -> bool:
        """`\\cdot` in `|\\cdot|`."""
        return bool(self._op) and not self._items and isinstance(self._left, Empty)

    @property
    def follows_function(self) -> bool:
        """Does `\\log`, `\\det` … wait for its argument?"""
        last = self._items[-1] if self._items else None
        return isinstance(last, Name) or (isinstance(last, Script) and isinstance(last.base, Name))

    def operand(self, node: Node, spaced: bool = False) -> None:
        items = self._items
        if items:
            self._gaps.append(spaced)
        items.append(node)

    def absorb(self, node: Node) -> None:
        """Reads on as if what `node` holds stood in the line: `A\\mathbf{x+b}` is Ax + b."""
        match node:
            case Add(signs, terms, leading):
                if leading:
                    self.operator(Rank.SIGN, signs[0], node.start, node.start + 1)
                self.absorb(terms[0])
                for sign, term in zip(signs[1:], terms[1:], strict=True):
                    self.operator(Rank.SIGN, sign, term.start, term.start)
                    self.absorb(term)
            case Infix(op, left, right):
                self.absorb(left)
                self.operator(OPERATORS[op], op, left.end, right.start)
                self.absorb(right)
            case Rel(items, ops) | Sequence(items, ops):
                rank = Rank.RELATION if isinstance(node, Rel) else Rank.SEPARATOR
                self.absorb(items[0])
                for op, item in zip(ops, items[1:], strict=True):
                    self.operator(rank, op, item.start, item.start)
                    self.absorb(item)
            case Juxt(items):
                for item in items:
                    self.absorb(item)
            case Empty():
                pass
            case _:
                self.operand(node)

    def words(self, node: Node) -> None:
        """Prose stands between statements: it separates more than a relation, less than a comma."""
        before = self._relation(node.start)
        if before is not None:
            self._prose.append(before)
        self._prose.append(node)

    def take_product(self) -> Node | None:
        """The juxtaposition read so far, taken out."""
        node = _juxtaposed(self._items, self._gaps)
        self._items, self._gaps = [], []
        return node

    def operator(self, rank: Rank, text: str, start: int, end: int) -> None:
        if rank is Rank.SIGN:
            self._sign(text, start)
        elif rank is Rank.INFIX:
            self._left, self._op = self._factor() or _empty(start), text
        elif rank is Rank.COLON:
            self._colon_left, self._colon = self._product() or _empty(start), text
        elif rank is Rank.RELATION:
            self._members.append(self._sum() or _empty(start))
            self._relations.append(text)
        else:
            self._elements.append(self._statement(end) or _empty(start))
            self._separators.append(text)

    def finish(self, end: int) -> Node | None:
        """What has been read as one node; None when that is nothing."""
        if not self._separators:
            return self._statement(end)
        self._elements.append(self._statement(end) or _empty(end))
        elements = tuple(self._elements)
        return Sequence(elements, tuple(self._separators), start=elements[0].start, end=elements[-1].end)

    def _sign(self, text: str, start: int) -> None:
        if self._items:
            self._terms.append(self._product() or _empty(start))
            if not self._signs:
                self._signs.append("+")
        elif self._op or self._colon or self._signs:
            self._prefixes.append((text, start))
            return
        else:
            self._leading, self._starts = True, start
        self._signs.append(text)

    def _factor(self) -> Node | None:
        """The juxtaposition with the infix before it, if one is pending."""
        if not self._op and not self._prefixes:
            if not self._items:
                return None
            node = _juxtaposed(self._items, self._gaps)
            self._items, self._gaps = [], []
            return node
        right = self.take_product()
        while self._prefixes:
            sign, start = self._prefixes.pop()
            body = right or _empty(start + 1)
            right = Add((sign,), (body,), True, start=start, end=body.end)
        left, op = self._left, self._op
        if left is None:
            return right
        self._left, self._op = None, ""
        if right is None:
            right = _empty(left.end)
            if isinstance(left, Empty):  # a lone operator: x^*, f(\cdot)
                return Sym(op, start=left.start, end=left.end + len(op))
        return Infix(op, left, right, start=left.start, end=right.end)

    def _product(self) -> Node | None:
        right = self._factor()
        if self._colon_left is None:
            return right
        left, colon = self._colon_left, self._colon
        self._colon_left, self._colon = None, ""
        if right is None:
            right = _empty(left.end)
            if isinstance(left, Empty):
                return Sym(colon, start=left.start, end=left.end + len(colon))
        return Infix(colon, left, right, start=left.start, end=right.end)

    def _sum(self) -> Node | None:
        term = self._product()
        if not self._signs:
            return term
        signs, terms, leading = tuple(self._signs), self._terms, self._leading
        start = self._starts if leading else terms[0].start
        self._signs, self._terms, self._leading = [], [], False
        if term is None and not terms:  # a lone sign: x^+
            return Sym(signs[0], start=start, end=start + len(signs[0]))
        terms.append(term or _empty(terms[-1].end))
        return Add(signs, tuple(terms), leading, start=start, end=terms[-1].end)

    def _statement(self, end: int) -> Node | None:
        last = self._relation(end)
        if not self._prose:
            return last
        items = self._prose if last is None else [*self._prose, last]
        self._prose = []
        return _juxtaposed(items, [True] * (len(items) - 1))

    def _relation(self, end: int) -> Node | None:
        member = self._sum()
        if not self._relations:
            return member
        members, ops = self._members, tuple(self._relations)
        self._members, self._relations = [], []
        if member is None and len(members) == 1 and isinstance(members[0], Empty):  # a lone relation sign
            return Sym(ops[0], start=members[0].start, end=members[0].start + len(ops[0]))
        members.append(member or _empty(end))
        return Rel(tuple(members), ops, start=members[0].start, end=members[-1].end)


def _empty(at: int) -> Empty:
    return Empty(start=at, end=at)


def _juxtaposed(items: list[Node], gaps: list[bool]) -> Node | None:
    if len(items) == 1:
        return items[0]
    if not items:
        return None
    return Juxt(tuple(items), tuple(gaps), start=items[0].start, end=items[-1].end)
