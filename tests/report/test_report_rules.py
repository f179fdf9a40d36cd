"""The table of rules and the pages go together, and so do the codes used anywhere in the package."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest

import derivcheck
from derivcheck.report.model import Verdict
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


def example(code: str, heading: str) -> str:
    match = re.search(rf"## {heading}\n\n```markdown\n(.*?)\n```", page(code), re.DOTALL)
    assert match
    return match[1]


def verdicts(text: str) -> list[tuple[Verdict, str | None]]:
    from derivcheck.pipeline import check_text

    report = check_text(text, path="page.md")
    return [(link.verdict, link.rule) for equation in report.equations for link in equation.links]


def slips(text: str) -> list[str]:
    from derivcheck.pipeline import check_text

    return [slip.rule for equation in check_text(text, path="page.md").equations for slip in equation.slips]


# Rules whose wrong example gets exactly that rule.
DIAGNOSED = ("DC101", "DC102", "DC103", "DC104", "DC105", "DC110", "DC201")


@pytest.mark.parametrize("code", DIAGNOSED)
def test_the_wrong_example_is_a_finding_of_the_rule(code: str) -> None:
    (found,) = verdicts(example(code, "Wrong"))
    assert found[0].is_finding
    assert found[1] == code


@pytest.mark.parametrize("code", RULES)
def test_the_right_example_is_no_finding(code: str) -> None:
    found = verdicts(example(code, "Right"))
    assert found
    assert not [verdict for verdict, _ in found if verdict.is_finding]
    assert not slips(example(code, "Right"))


@pytest.mark.parametrize("code", [code for code in RULES if code.startswith("DC21")])
def test_the_wrong_example_is_a_slip_of_the_rule(code: str) -> None:
    assert slips(example(code, "Wrong")) == [code]
