"""Every operator of the table under the contract; the contract itself under mutants."""

from __future__ import annotations

import dataclasses

import pytest
from operator_contract import ContractBroken, check

from derivcheck.algebra import elementwise, matrix
from derivcheck.operators.table import BY_NOTATION, OPERATORS

_NUMBER_WORDS = {"positive", "nonzero", "integer", "natural", "unit_interval", "greater_one"}
_TERM_WORDS = _NUMBER_WORDS | {"symmetric", "skew", "spd", "invertible"}


@pytest.mark.parametrize("name", OPERATORS)
def test_keeps_its_contract(name: str) -> None:
    check(OPERATORS[name])


@pytest.mark.parametrize("name", OPERATORS)
def test_record_is_complete(name: str) -> None:
    operator = OPERATORS[name]
    assert operator.name == name
    assert operator.signatures
    assert operator.source
    assert all(words <= _TERM_WORDS for words in operator.domain)
    if operator.latex is not None:
        count = max(len(s.inputs) for s in operator.signatures)
        assert operator.latex.format(*"abcdefgh"[:count])


def test_lookup_maps_lead_back_to_the_table() -> None:
    for written, names in BY_NOTATION.items():
        assert written
        assert len(set(names)) == len(names)
        assert set(names) <= set(OPERATORS)
    assert BY_NOTATION["tr"] == ("trace",)


def _mutant(name, evaluate):
    return dataclasses.replace(OPERATORS[name], evaluate=evaluate)


@pytest.mark.parametrize(
    "mutant",
    [
        _mutant("transpose", lambda a, d: a[0]),
        _mutant("kronecker", lambda a, d: matrix.mul(a[0], matrix.transpose(a[0]))),
        _mutant("vec", lambda a, d: matrix.transpose(matrix.vec(a[0]))),
        _mutant("det", lambda a, d: matrix.det(matrix.base(a[0]))),  # the derivative is lost
        _mutant("exp", lambda a, d: _bend(matrix.elementwise("exp", a[0]))),
    ],
    ids=lambda o: o.name,
)
def test_contract_objects_to_a_broken_operator(mutant) -> None:
    with pytest.raises(ContractBroken):
        check(mutant)


def _bend(a):
    """The same value with the wrong tangent."""
    return matrix.Dual(a.primal, matrix.neg(a.tangent), a.level) if isinstance(a, matrix.Dual) else a


@pytest.mark.parametrize("name", sorted(elementwise.FUNCTIONS.keys() & OPERATORS.keys()))
def test_contract_objects_to_a_wrong_derivative(name: str, monkeypatch) -> None:
    if not OPERATORS[name].smooth:
        pytest.skip("not differentiated")
    true = elementwise.FUNCTIONS[name]
    wrong = dataclasses.replace(
        true, derivative=lambda x, y: matrix.add(true.derivative(x, y), elementwise.constant(x, 1))
    )
    monkeypatch.setitem(elementwise.FUNCTIONS, name, wrong)
    with pytest.raises(ContractBroken):
        check(OPERATORS[name])
