"""Every operator, by name and by what authors write."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from derivcheck.operators.arithmetic import ARITHMETIC
from derivcheck.operators.compositions import COMPOSITIONS
from derivcheck.operators.conjugates import CONJUGATES
from derivcheck.operators.cubature import CUBATURE
from derivcheck.operators.discrete import DISCRETE
from derivcheck.operators.extremes import EXTREMES
from derivcheck.operators.functions import FUNCTIONS
from derivcheck.operators.matrix_functions import MATRIX_FUNCTIONS
from derivcheck.operators.norms import NORMS
from derivcheck.operators.products import PRODUCTS
from derivcheck.operators.record import Operator
from derivcheck.operators.softmax import SOFTMAX
from derivcheck.operators.special import SPECIAL
from derivcheck.operators.structure import STRUCTURE

# where two operators share a notation, the earlier one is the more usual meaning
_FAMILIES: tuple[tuple[Operator, ...], ...] = (
    ARITHMETIC,
    PRODUCTS,
    STRUCTURE,
    SPECIAL,
    CONJUGATES,
    NORMS,
    EXTREMES,
    FUNCTIONS,
    COMPOSITIONS,
    MATRIX_FUNCTIONS,
    SOFTMAX,
    DISCRETE,
    CUBATURE,
)


def _by_name(operators: Iterable[Operator]) -> dict[str, Operator]:
    table: dict[str, Operator] = {}
    for operator in operators:
        if operator.name in table:
            raise ValueError(f"two operators named {operator.name}")
        table[operator.name] = operator
    return table


def _index(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for written, name in pairs:
        found[written] = (*found.get(written, ()), name)
    return found


OPERATORS: Mapping[str, Operator] = MappingProxyType(_by_name(o for family in _FAMILIES for o in family))

# function name as written → operators it may mean, most usual first
BY_NOTATION: Mapping[str, tuple[str, ...]] = MappingProxyType(
    _index((n, o.name) for o in OPERATORS.values() for n in o.notations)
)
