"""Names of moments of random quantities."""

from __future__ import annotations

from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_key

VARIANCES = frozenset({"Var", "var", "VAR"})
COVARIANCES = frozenset({"Cov", "cov", "COV"})
EXPECTATIONS = frozenset({"bb:E", "rm:E", "sf:E"})  # by their font; a plain E may be anything
SIGNS = EXPECTATIONS | {"bb:P", "bb:V"}


def is_moment(head: tree.Node) -> bool:
    """𝔼, Var, Cov, by their looks."""
    name = head.base if isinstance(head, tree.Script) else head
    if isinstance(name, tree.Name):
        return name.text in VARIANCES | COVARIANCES
    return symbol_key(name) in SIGNS


def is_expectation(head: tree.Node) -> bool:
    """𝔼, or E where that is one."""
    return symbol_key(head.base if isinstance(head, tree.Script) else head) in EXPECTATIONS | {"E", "bf:E"}


def may_be_moment(head: tree.Node) -> bool:
    """Those, and E."""
    name = head.base if isinstance(head, tree.Script) else head
    return is_moment(head) or symbol_key(name) in ("E", "bf:E")
