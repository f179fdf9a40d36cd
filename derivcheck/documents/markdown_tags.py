"""The tags of site generators around formulas: Hugo's shortcodes `{{< math >}}`, Liquid's `{% raw %}`."""

from __future__ import annotations

import re

_TAG = re.compile(r"[ \t]*(?:\{\{[<%](?:(?!\}\}).){0,300}[%>]\}\}|\{%(?:(?!%\}).){0,300}%\})[ \t]*")
_SHORTCODE = re.compile(r"\{\{([<%])[ \t]*(katex|math|mathjax|latex|equation)\b[^}]{0,200}[%>]\}\}", re.IGNORECASE)
_BLOCK = re.compile(r"\{%-?[ \t]*(katex|math|mathjax|latex|equation)\b[^}]{0,200}%\}", re.IGNORECASE)
_LONGEST = 20_000
_DELIMITED = ("$", "\\[", "\\\\[")


def skip(text: str, start: int, end: int) -> int:
    """The offset after the tag at `start`, or `start`."""
    tag = _TAG.match(text, start, end)
    return tag.end() if tag is not None else start


def without(text: str) -> str:
    return _TAG.sub("", text)


def formula(text: str, start: int) -> tuple[int, int, int] | None:
    """Where the formula between the tags `{{< katex >}} … {{< /katex >}}` begins and ends, and where the closing tag
    ends; None when it has delimiters of its own or words follow on the line."""
    if shortcode := _SHORTCODE.match(text, start):
        sign, name = shortcode[1], re.escape(shortcode[2])
        opening, closer = shortcode, rf"\{{\{{{sign}[ \t]*/[ \t]*{name}[ \t]*[%>]\}}\}}"
    elif block := _BLOCK.match(text, start):
        opening, closer = block, rf"\{{%-?[ \t]*end{re.escape(block[1])}[ \t]*-?%\}}"
    else:
        return None
    closing = re.compile(closer, re.IGNORECASE).search(text, opening.end(), opening.end() + _LONGEST)
    if closing is None:
        return None
    body = text[opening.end() : closing.start()].strip()
    rest = text[closing.end() : text.find("\n", closing.end()) + 1 or len(text)]
    if not body or body.startswith(_DELIMITED) or any(c.isalnum() for c in rest):
        return None
    return opening.end(), closing.start(), closing.end()
