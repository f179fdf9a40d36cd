"""The table of rules and the pages go together, and so do the codes used anywhere in the package."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest

import derivcheck
from derivcheck.report.rules import RULES, page, selected

HEADINGS = ["Wrong", "Right", "Why", "Not reported"]


@pytest.mark.parametrize("code", RULES)
def test_a_page_has_its_title_and_its_sections_in_order(code: str) -> None:
    text = page(code)
    assert text.startswith(f"# {code}: ")
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == HEADINGS
    assert "TODO" not in text


def test_every_page_has_a_rule() -> None:
    pages = {entry.name for entry in (files("derivcheck.report") / "pages").iterdir()}
    assert pages == {f"{code}.md" for code in RULES}


def test_names_and_codes_are_distinct_and_sorted() -> None:
    assert len({rule.name for rule in RULES.values()}) == len(RULES)
    assert list(RULES) == sorted(RULES)


def test_every_code_used_in_the_package_is_in_the_table() -> None:
    folder = Path(derivcheck.__file__).parent
    code = "\n".join(file.read_text("utf-8") for file in folder.rglob("*.py"))
    assert set(re.findall(r"\bDC\d{3}\b", code)) <= set(RULES)


@pytest.mark.parametrize(
    ("rule", "select", "ignore", "wanted"),
    [
        ("DC102", ("DC",), (), True),
        ("DC102", ("DC2",), (), False),
        ("DC102", ("DC",), ("DC1",), False),
        ("DC102", ("DC102",), ("DC1",), True),
        ("DC102", ("DC1",), ("DC1",), False),
        ("DC102", (), (), False),
        (None, ("DC2",), ("DC",), True),
    ],
)
def test_the_longest_prefix_decides(
    rule: str | None, select: tuple[str, ...], ignore: tuple[str, ...], wanted: bool
) -> None:
    assert selected(rule, select, ignore) is wanted
