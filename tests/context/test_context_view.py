"""Views that grow while a document is followed."""

from __future__ import annotations

from derivcheck.context.facts import Fact, PropertyFact, Scope
from derivcheck.context.view import ContextView
from derivcheck.documents.model import Span


def said(key: str, prop: str, item: int, last: int = 10_000) -> Fact:
    return PropertyFact(Span(0, 1), Scope(item, last), item, key, prop)


def test_an_extended_view_knows_more_and_leaves_the_old_one_alone() -> None:
    old = ContextView((said("A", "symmetric", 1),))
    new = old.extended([said("A", "positive", 2)])
    assert set(old.at(5).properties_of("A")) == {"symmetric"}
    assert set(new.at(5).properties_of("A")) == {"symmetric", "positive"}
    assert set(new.at(1).properties_of("A")) == {"symmetric"}


def test_two_extensions_of_one_view_do_not_meet() -> None:
    old = ContextView((said("A", "symmetric", 1),))
    left, right = old.extended([said("A", "positive", 2)]), old.extended([said("A", "diagonal", 2)])
    assert set(left.at(5).properties_of("A")) == {"symmetric", "positive"}
    assert set(right.at(5).properties_of("A")) == {"symmetric", "diagonal"}
    assert set(right.extended([said("B", "unit", 3)]).at(5).properties_of("B")) == {"unit"}


def test_of_very_many_facts_the_nearest_hold() -> None:
    many = ContextView(tuple(said("A", f"p{i}", i) for i in range(5_000)))
    held = many.at(2_500).properties_of("A")
    assert "p2500" in held and "p2499" in held
    assert "p2501" not in held


def test_views_part_and_go_on_apart() -> None:
    old = ContextView((said("A", "symmetric", 1),))
    main, aside = old.extended([said("A", "positive", 2)]), old.extended([said("x_k", "unit", 2)])
    for item in range(3, 9):
        main, aside = main.extended([said("B", f"p{item}", item)]), aside.extended([said("C", f"p{item}", item)])
    assert set(main.at(9).properties_of("B")) == {f"p{item}" for item in range(3, 9)}
    assert not main.at(9).properties_of("C") and not aside.at(9).properties_of("B")
    assert set(aside.at(9).properties_of("A")) == {"symmetric"}
    assert not main.at(9).properties_of("x_k")
