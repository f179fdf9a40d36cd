"""Rules in a matrix: the bars above and below, the dashes beside its members only draw how long these are."""

from __future__ import annotations

from derivcheck.notation import tree

Rows = tuple[tuple[tree.Node, ...], ...]


def without_rules(rows: Rows) -> Rows:
    """Without the rows of bars and the columns of dashes that only draw how long the members are."""
    kept = tuple(row for row in rows if not all(_is_rule(c) for c in row))
    if not kept or len({len(row) for row in kept}) != 1:
        return ()
    columns = [k for k in range(len(kept[0])) if not all(_is_rule(row[k]) for row in kept)]
    return tuple(tuple(row[k] for k in columns) for row in kept)


def _is_rule(cell: tree.Node) -> bool:
    match cell:
        case tree.Empty() | tree.Sym(name="-" | "|" | "\\vert" | "\\mid"):
            return True
        case tree.Fence(open="|", body=tree.Empty()):
            return True
        case tree.Add(terms=(tree.Empty(),)):
            return True
        case _:
            return False


def is_ruled(rows: Rows) -> bool:
    """Whether rules are drawn: the members are columns or rows then."""
    kept = without_rules(rows)
    fewer = bool(kept) and (len(kept) != len(rows) or any(len(row) != len(rows[0]) for row in kept))
    return fewer and any(_is_rule(cell) and not isinstance(cell, tree.Empty) for row in rows for cell in row)
