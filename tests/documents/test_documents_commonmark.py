"""markdown-it-py as the oracle of block structure: no formula is read where CommonMark sees code, HTML or front matter.

The document stage has its own scanner, since it must keep exact offsets through quotes, lists and escapes and be linear
on unclosed delimiters; what is a code block must nevertheless be what everybody else takes for one.
"""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from derivcheck.documents.model import Flavour, MathBlock
from derivcheck.documents.read import read_document

PLAIN = ["text", "", "a = b", "# head", "- item", "<div>", "</div>"]
FENCES = ["```", "~~~", "```python"]
DOLLARS = ["$$", "    $$", "> $$", "> a = b", "  $$"]
LINES = st.sampled_from([*PLAIN, *FENCES, *DOLLARS])


def code_lines(text: str) -> set[int]:
    """0-based numbers of the lines inside fenced code, without the fences themselves."""
    found: set[int] = set()
    for token in MarkdownIt("commonmark").parse(text):
        if token.type == "fence" and token.map is not None and not token.info.startswith(("math", "{math}")):
            found.update(range(token.map[0] + 1, token.map[1] - 1))
    return found


@settings(max_examples=300, derandomize=True, deadline=None)
@given(st.lists(LINES, max_size=14))
def test_no_display_starts_inside_fenced_code(lines: list[str]) -> None:
    text = "\n".join(lines) + "\n"
    document = read_document(text, path="note.md", flavour=Flavour.MARKDOWN)
    inside = code_lines(text)
    for item in document.items:
        if isinstance(item, MathBlock) and item.display:
            line = document.position(item.span)[0] - 1
            assert line not in inside
