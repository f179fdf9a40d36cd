"""Units put together into chains: which separators separate, which rows go on, what is a condition."""

from __future__ import annotations

from collections.abc import Sequence

from derivcheck.statements import phrases
from derivcheck.statements.draft import Draft, Gap, drop_and_so_on, is_range, relation_ahead
from derivcheck.statements.model import Connective
from derivcheck.statements.units import Unit, UnitKind

_SIGNED = frozenset({"-", "\\pm", "\\mp", "*"})  # operators that can also start a statement
_QUANTIFIERS = frozenset({"\\forall", "\\exists"})
_EXTREMA = frozenset(
    {"\\max", "\\min", "\\sup", "\\inf", "\\arg", "\\lim", "\\argmax", "\\argmin", "\\operatorname"}
)
_ARROWS = frozenset({"\\rightarrow", "\\longrightarrow", "\\to"})
_MARKS = frozenset({"\\square", "\\Box", "\\blacksquare", "\\checkmark", "\\dagger", "\\ast", "\\star", "*"})
_SEGMENT_ENDS = frozenset(
    {
        UnitKind.COMMA,
        UnitKind.SEMICOLON,
        UnitKind.ROW,
        UnitKind.SPACE,
        UnitKind.CONNECTIVE,
        UnitKind.PROSE,
        UnitKind.STOP,
    }
)
_ROW_ENDS = frozenset({UnitKind.ROW, UnitKind.CONNECTIVE})


def assemble(units: Sequence[Unit], *, continuous: bool = False) -> list[Draft]:
    """The chains of a display, in order; `continuous` says that rows are only broken lines (multline)."""
    return _Assembly(units, continuous).run()


class _Assembly:
    def __init__(self, units: Sequence[Unit], continuous: bool) -> None:
        self.units = units
        self.continuous = continuous
        self.drafts: list[Draft] = []
        self.current: Draft | None = None
        self.gap = Gap()
        self.cells = 0  # alignment marks so far in the row
        self.row_started = False
        self.aligned = False  # has a row held a sign next to an alignment mark?
        self.pending: Connective | None = None  # how the next chain is tied; None: nothing forces a new one
        self.words: list[str] = []
        self.last: Draft | None = None  # the chain that content was last added to
        self.constrained = False  # "subject to" was read: all that follows are constraints
        self.commenting = False  # the rest of the row is a comment
        self.relation_in_segment = relation_ahead(units, _SEGMENT_ENDS)
        self.relation_in_row = relation_ahead(units, _ROW_ENDS)

    def run(self) -> list[Draft]:
        for k, unit in enumerate(self.units):
            if self.commenting and unit.kind not in (UnitKind.ROW, UnitKind.CONNECTIVE):
                if unit.kind is UnitKind.PROSE:
                    self.note(unit)
                continue
            self.commenting = False
            match unit.kind:
                case UnitKind.ROW:
                    self.gap.row, self.cells, self.row_started = True, 0, False
                case UnitKind.CELL:
                    self.gap.cell = True
                    self.cells += 1
                case UnitKind.SPACE:
                    self.gap.space = True
                case UnitKind.COMMA:
                    self.gap.commas.append(unit)
                case UnitKind.SEMICOLON:
                    self.gap.strong = True
                    self.gap.commas.append(unit)
                case UnitKind.STOP:
                    self.gap.strong = True
                case UnitKind.CONNECTIVE:
                    self.tie(unit.connective)
                case UnitKind.PROSE:
                    self.prose(k, unit)
                case UnitKind.OPERAND | UnitKind.OPERATOR | UnitKind.RELATION:
                    self.content(k, unit)
        self.note_on_last()
        if self.words:
            self.drafts.append(Draft(Connective.NONE, 0, words=self.words))
        for i, draft in enumerate(self.drafts):
            if i and draft.connective is Connective.NONE and is_range(draft):
                draft.connective = Connective.CONDITION
            elif draft.relations and not is_range(draft):
                drop_and_so_on(draft.members[-1])
        return [d for d in self.drafts if not d.blank or d.words]

    def tie(self, connective: Connective) -> None:
        self.pending = connective
        self.current = None
        self.gap.commas.clear()

    # Prose.

    def prose(self, k: int, unit: Unit) -> None:
        """Words that link, words that comment, or words that are part of a formula."""
        linking = phrases.connective_of(unit.text)
        boundary = self.at_boundary()
        if (
            self.current is not None
            and self.current.open
            and not self.gap.row
            and linking is not Connective.CONDITION
        ):
            self.content(k, unit)  # `= \text{some quantity}`
            return
        if not unit.text.strip(" ,;，；"):
            self.gap.space = True
            self.gap.strong = self.gap.strong or bool(unit.text.strip())  # `\\text{ ; }` separates
            return
        if boundary and self.starts_statement() and phrases.is_enumerator(unit.text):
            self.words.append(unit.text.strip())
            return
        if linking is None:
            if self.is_remark_before_sign(k, unit):
                self.words.append(unit.text.strip())
                return
            ends = k + 1 >= len(self.units) or self.units[k + 1].kind in _SEGMENT_ENDS
            if self.in_comment_column():
                self.comment(k, unit)
                return
            if not (phrases.is_prose(unit.text) or phrases.is_parenthetical(unit.text)):
                if boundary and ends and self.current is not None and self.gap.cell and not self.current.open:
                    self.note(unit)
                else:
                    self.content(k, unit)
                return
            if not boundary and unit.text[:1] not in " ~（(" and not ends:
                self.content(k, unit)
                return
            if boundary and not ends and self.starts_statement() and self.relation_in_segment[k + 1]:
                self.content(k, unit)  # "number of heads = …"
                return
            self.note(unit)
            if phrases.is_prose(unit.text) and self.spoken_of(k):
                self.drafts.pop()
                self.current = self.last = None
            return
        if linking is Connective.CONDITION and self.in_comment_column() and not self.relation_in_row[k]:
            self.comment(k, unit)
            return
        self.words.append(unit.text.strip())
        self.constrained = self.constrained or phrases.constrains(unit.text)
        self.tie(linking)
        if not self.followed(k):
            self.note_on_last()

    def spoken_of(self, k: int) -> bool:
        """`U \\text{ has its first } r \\text{ columns, } r = m`: what words go on from is no side of what follows."""
        current = self.current
        before = current is not None and not current.relations and bool(self.drafts) and self.drafts[-1] is current
        return before and k + 1 < len(self.units) and self.units[k + 1].kind is UnitKind.OPERAND

    def is_remark_before_sign(self, k: int, unit: Unit) -> bool:
        """`\\text{(expanded)} &= b` in a row that goes on with the chain."""
        ahead = self.units[k + 1 : k + 3]
        goes_on = len(ahead) == 2 and ahead[0].kind is UnitKind.CELL and ahead[1].kind is UnitKind.RELATION
        started = self.current is not None and bool(self.current.relations) and not self.row_started
        return goes_on and started and phrases.is_parenthetical(unit.text)

    def in_comment_column(self) -> bool:
        """`a &= b && \\text{by symmetry}`: a column of its own after an equation of the same row."""
        current = self.current
        return (
            self.gap.cell
            and self.row_started
            and self.cells >= 2
            and current is not None
            and bool(current.relations)
            and not current.open
        )

    def comment(self, k: int, unit: Unit) -> None:
        """The rest of the row is prose, unless it states a relation: then that is a condition."""
        self.note(unit)
        if self.relation_in_row[k]:
            self.tie(Connective.CONDITION)
        else:
            self.commenting = True

    def at_boundary(self) -> bool:
        gap = self.gap
        return self.current is None or gap.row or gap.cell or gap.space or gap.strong or bool(gap.commas)

    def starts_statement(self) -> bool:
        return self.current is None or self.gap.row or self.gap.strong or bool(self.gap.commas)

    def followed(self, k: int) -> bool:
        """Does mathematics follow in the same row?"""
        for unit in self.units[k + 1 : k + 8]:
            if unit.kind in (UnitKind.OPERAND, UnitKind.OPERATOR, UnitKind.RELATION, UnitKind.PROSE):
                return True
            if unit.kind is UnitKind.ROW:
                return False
        return False

    def note(self, unit: Unit) -> None:
        """A comment belongs to the chain before it in its row, else to the next."""
        self.words.append(unit.text.strip())
        if self.current is not None and not self.gap.row:
            self.note_on_last()

    def note_on_last(self) -> None:
        if self.last is not None:
            self.last.words.extend(self.words)
            self.words = []

    # Mathematics.

    def content(self, k: int, unit: Unit) -> None:
        gap, first_in_row = self.gap, not self.row_started
        if unit.kind is UnitKind.RELATION and (
            (self.cells >= 1 and gap.cell)
            or (k + 1 < len(self.units) and self.units[k + 1].kind is UnitKind.CELL)
        ):
            self.aligned = True
        self.row_started = True
        if self.is_arrow_between_statements(k, unit):
            self.tie(Connective.IMPLIES)
        elif unit.kind is UnitKind.RELATION:
            self.relation(unit, first_in_row)
        elif self.is_label(k):
            self.words.append(unit.text)
        else:
            if self.begins_statement(k, unit):
                self.begin(self.tied(unit))
            current = self.current
            assert current is not None
            if gap.commas and current.members[-1]:
                current.members[-1].extend(gap.commas)
            current.members[-1].append(unit)
        self.last = self.current or self.last
        self.gap = Gap()

    def is_arrow_between_statements(self, k: int, unit: Unit) -> bool:
        """`a = b \\quad\\rightarrow\\quad c = d`: wide space on both sides makes the arrow an implication."""
        return (
            unit.text in _ARROWS
            and self.gap.space
            and self.current is not None
            and bool(self.current.relations)
            and self.units[k + 1 : k + 2] != []
            and self.units[k + 1].kind is UnitKind.SPACE
            and self.relation_in_segment[k + 2]
        )

    def begin(self, connective: Connective) -> None:
        self.current = Draft(connective, self.cells // 2, words=self.words, leading=len(self.words))
        self.words = []
        self.pending = None
        self.drafts.append(self.current)
        self.gap.commas.clear()

    def tied(self, unit: Unit) -> Connective:
        if self.pending is not None:
            return self.pending
        if self.drafts and (unit.text in _QUANTIFIERS or self.constrained or self.lists_conditions()):
            return Connective.CONDITION
        return Connective.NONE

    def lists_conditions(self) -> bool:
        """`a = b \\text{ with } c = d, e = f`: a comma goes on with the conditions."""
        gap, last = self.gap, self.last
        listed = bool(gap.commas) and not (gap.space or gap.row)
        trailing = last is not None and last.connective is Connective.CONDITION
        return listed and trailing and self.drafts[0].connective is not Connective.CONDITION

    def relation(self, unit: Unit, first_in_row: bool) -> None:
        if self.drafts and (self.current is None or (first_in_row and not self.current.open)):
            self.current = self.chain_to_continue()
            self.current.words.extend(self.words)
            self.words, self.pending = [], None
        elif self.gap.cell and self.current is not None and not self.current.open:
            self.current = self.continued_in_column(self.current)
        if self.current is None:
            self.begin(self.pending or Connective.NONE)
        current = self.current
        assert current is not None
        current.relations.append(unit)
        current.members.append([])

    def chain_to_continue(self) -> Draft:
        """The last chain of this column that is no condition."""
        column = self.cells // 2
        claims = [d for d in self.drafts[-32:] if d.connective is not Connective.CONDITION] or self.drafts[
            -1:
        ]
        return next((d for d in reversed(claims) if d.column == column), claims[-1])

    def continued_in_column(self, current: Draft) -> Draft:
        """`& = b & & = d`: the second sign goes on with the chain of its own column."""
        column = self.cells // 2
        if column == current.column:
            return current
        return next((d for d in reversed(self.drafts[-32:]) if d.column == column), current)

    def begins_statement(self, k: int, unit: Unit) -> bool:
        """Does this operand or operator begin a new chain?"""
        current, gap = self.current, self.gap
        if current is None:
            return not self.resumes(unit)
        if self.pending is not None:
            return True
        if current.open or (gap.row and self.is_broken_fence(unit)):
            return False
        if unit.text == "\\forall" and current.relations:
            return True
        if unit.kind is UnitKind.OPERATOR and unit.text not in _SIGNED:
            return False
        if gap.row:
            return self.row_begins_statement(k, unit)
        if unit.kind is UnitKind.OPERATOR:
            separated = bool(gap.commas) or (gap.cell and self.cells % 2 == 0)
            return separated and self.relation_in_segment[k]
        if gap.space or gap.strong:
            return self.space_separates(k, unit)
        if gap.cell:
            return self.cell_begins_statement(k)
        return bool(gap.commas) and self.comma_separates(k, unit)

    def is_broken_fence(self, unit: Unit) -> bool:
        """`\\right. \\\\ \\left.`: a fence that a row break interrupts."""
        current = self.current
        if current is None or self.gap.commas or not current.members[-1]:
            return False
        return unit.text == "\\left." and current.members[-1][-1].text == "\\right."

    def resumes(self, unit: Unit) -> bool:
        """A row that starts with `+` after a comment goes on with the chain before the comment."""
        if (
            self.pending is None
            and unit.kind is UnitKind.OPERATOR
            and self.drafts
            and unit.text not in _SIGNED
        ):
            self.current = self.chain_to_continue()
            return True
        return False

    def row_begins_statement(self, k: int, unit: Unit) -> bool:
        gap, current = self.gap, self.current
        assert current is not None
        if self.continuous and not (gap.commas or gap.strong):
            return False
        indented = gap.space or (gap.cell and self.aligned)
        if unit.kind is UnitKind.OPERATOR:
            return self.relation_in_row[k] and not indented
        if self.relation_in_row[k] or gap.commas or gap.strong:
            return True
        return not (indented and current.relations)

    def cell_begins_statement(self, k: int) -> bool:
        current = self.current
        assert current is not None
        if not current.relations:
            return False
        return self.relation_in_segment[k] or self.cells >= 2

    def space_separates(self, k: int, unit: Unit) -> bool:
        gap, current = self.gap, self.current
        assert current is not None
        if unit.text in _QUANTIFIERS:
            return True
        if not current.relations:
            first = current.members[0][0]
            return self.relation_in_segment[k] and first.text not in _EXTREMA
        return self.relation_in_segment[k] or self.relation_in_row[k] or (gap.strong and not gap.commas)

    def comma_separates(self, k: int, unit: Unit) -> bool:
        current = self.current
        assert current is not None
        if unit.text in _QUANTIFIERS:
            return True
        return bool(current.relations) and self.relation_in_segment[k]

    def is_label(self, k: int) -> bool:
        """`\\quad (3)`, `\\qquad\\square`: set off by space at an end of a row; `1)` at its start. No mathematics."""
        unit, after = self.units[k], self.units[k + 1 : k + 2]
        if unit.label and not unit.text.startswith("("):
            return True
        if (
            unit.label
            and after
            and after[0].kind is UnitKind.SPACE
            and (self.current is None or self.gap.row)
        ):
            return True
        if self.current is None or self.current.open or not self.current.relations:
            return False
        if not (self.gap.space or self.gap.cell) or self.gap.row:
            return False
        ends = k + 1 >= len(self.units) or self.units[k + 1].kind in (
            UnitKind.ROW,
            UnitKind.STOP,
            UnitKind.CELL,
        )
        return ends and ((unit.text in _MARKS and unit.end == unit.start + 1) or unit.label)
