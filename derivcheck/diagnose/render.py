"""The text of an edit, in the author's notation, at the smallest span; read back before it is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from derivcheck.diagnose.places import Place
from derivcheck.diagnose.primes import Spelling, spelling
from derivcheck.diagnose.variant import Patch, Scene, Variant
from derivcheck.documents.model import Macro, MathBlock, Span
from derivcheck.notation import tree
from derivcheck.notation.lexer import tokenize
from derivcheck.notation.parser import parse
from derivcheck.notation.printer import to_latex
from derivcheck.notation.symbols import INFIXES
from derivcheck.notation.walk import rewrite
from derivcheck.statements.split import read_display

_FONT = re.compile(
    r"\\(?:math(?:bf|rm|sf|cal|scr|frak|bb|it|tt|bm)|boldsymbol|bm|pmb|text(?:bf|rm|sf|it)|operatorname)\s*$"
)

Mark = tuple[tree.Node, str]  # the sign, and the text that puts it on a base
_MAX_MACROS = 100
_VERBATIM = (
    tree.Sym, tree.Accent, tree.Num, tree.Name, tree.Script, tree.Fence, tree.Frac, tree.Sqrt, tree.Grid, tree.Styled
)  # fmt: skip

_COMMAND = re.compile(r"(\\[A-Za-z]+)\s*$")


@dataclass(frozen=True, slots=True)
class Written:
    """Replace the block text `start:end` by `new`."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes edits of one link into the source of its block."""

    text: str
    macros: Mapping[str, Macro]
    readable: bool = True  # the block reads as its link with these macros: what is written can be read back
    mark: Mark = (tree.Sym("\\top"), "^\\top")  # how the author writes a transpose
    spell: Spelling | None = None  # how the sides are spelled

    @staticmethod
    def of(scene: Scene, macros: Mapping[str, Macro], sides: tuple[tree.Node, tree.Node]) -> Writer:
        """A writer for the link between these sides."""
        writer = Writer(scene.text, macros, mark=(scene.transpose, scene.mark), spell=spelling(scene.known))
        return replace(writer, readable=writer.reads_as(Written(0, 0, ""), sides))

    def write(self, place: Place, variant: Variant, sides: tuple[tree.Node, tree.Node]) -> Written | None:
        """The smallest replacement that reads back as `sides`; None when there is none."""
        patches = [Patch(place.node.start, place.node.end, (variant.node,))]
        if variant.patch is not None:
            patches.insert(0, variant.patch)
        for patch in patches:
            if not 0 <= patch.start <= patch.end <= len(self.text):
                continue
            new = self._with_signs("".join(p if isinstance(p, str) else self.source(p) for p in patch.pieces))
            span = balanced(self.text, patch.start, patch.end)
            for start, end in (span, self._called(*span)):
                written = self._spaced(Written(start, end, new))
                if not self.readable or self.reads_as(written, sides):
                    return written
        return None

    def _spaced(self, written: Written) -> Written:
        """With a space where a control word would swallow a letter."""
        new, before = written.new, self.text[max(0, written.start - 24) : written.start]
        if self.text[written.end : written.end + 1].isalpha() and _ends_in_command(new):
            new += " "
        if new[:1].isalpha() and _ends_in_command(before):
            new = " " + new
        return replace(written, new=new)

    def source(self, node: tree.Node) -> str:
        """The node as the author wrote it, else printed, with what the author wrote of its parts."""
        return self._as_written(node) or to_latex(rewrite(node, lambda n: None if n is node else self._verbatim(n)))

    def _with_signs(self, latex: str) -> str:
        """With the author's commands for signs between operands that the formula has: `\\kron` for `\\otimes`."""
        for name, macro in islice(self.macros.items(), _MAX_MACROS):
            sign = macro.body.strip()
            if not macro.arity and sign in INFIXES and sign in latex and sign not in self.text and name in self.text:
                latex = name.join(re.split(re.escape(sign) + r"(?![A-Za-z])", latex))
        return latex

    def _as_written(self, node: tree.Node) -> str:
        """The author's text for a node; "" when there is none."""
        if not self.readable and (letters := self._in_places(node)):
            return letters
        if 0 <= node.start < node.end <= len(self.text):
            start, end = balanced(self.text, node.start, node.end)
            for a, b in ((start, end), self._called(start, end)):
                if not self.readable or self._reads(self.text[a:b]) == node:
                    return self.text[a:b]
        match node:
            case tree.Name(text=text):
                return next((name for name in self._names(text) if self._reads(name) == node), "")
            case tree.Script(base=base, sub=None, sup=sup, primes=0) if sup is not None and sup == self.mark[0]:
                letter = base if isinstance(base, tree.Sym | tree.Accent | tree.Fence) else None
                return self.source(letter) + self.mark[1] if letter is not None else ""
            case _:
                return ""

    def _in_places(self, node: tree.Node) -> str:
        """Index letters in the places of those that the author wrote, some above and some below: `k_i` of A^k_i."""
        letters = node.items if isinstance(node, tree.Juxt) else ()
        within = (node.start <= i.start < i.end <= node.end for i in letters)
        if not letters or not all(isinstance(i, tree.Sym) for i in letters) or not all(within):
            return ""
        text, end = "", node.start
        for place, letter in zip(sorted(letters, key=lambda i: i.start), letters, strict=True):
            text += self.text[end : place.start] + to_latex(letter)
            end = place.end
        return text + self.text[end : node.end]

    def _verbatim(self, node: tree.Node) -> tree.Node | None:
        written = self._as_written(node) if isinstance(node, _VERBATIM) else ""
        return tree.Opaque(written, "as written") if written else None

    def _names(self, text: str) -> Iterator[str]:
        """Commands that may stand for an upright name: the author's own first."""
        yield from islice((name for name, macro in self.macros.items() if not macro.arity), _MAX_MACROS)
        yield f"\\{text}"

    def _reads(self, text: str) -> tree.Node:
        return self._spelled(parse(tokenize(text, self.macros), text))

    def _spelled(self, node: tree.Node) -> tree.Node:
        return self.spell(node) if self.spell is not None else node

    def _called(self, start: int, end: int) -> tuple[int, int]:
        """With its braces and the command it is the argument of: `x` in `\\mathbf{x}`, in `\\vec x`."""
        if self.text[start - 1 : start] == "{" and self.text[end : end + 1] == "}":
            start, end = balanced(self.text, start - 1, end + 1)
        command = _COMMAND.search(self.text, 0, start)
        if command is not None and (macro := self.macros.get(command.group(1))) is not None and macro.arity:
            return command.start(), end
        return start, end

    def reads_as(self, written: Written, sides: tuple[tree.Node, tree.Node]) -> bool:
        """Whether the block reads as these sides after a replacement."""
        text = self.text[: written.start] + written.new + self.text[written.end :]
        block = MathBlock(True, "$$", text, range(len(text) + 1), Span(0, len(text)))
        for chain in read_display(block, self.macros).chains:
            for left, right in zip(chain.members, chain.members[1:], strict=False):
                if (self._spelled(left.node), self._spelled(right.node)) == sides:
                    return True
        return False


def _ends_in_command(text: str) -> bool:
    name = len(text)
    while name and text[name - 1].isalpha():
        name -= 1
    return name < len(text) and text[name - 1 : name] == "\\"


def balanced(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch with the braces that its own close or open, and the font command that it follows.

    The span of a letter begins behind its font: `K` in `\\mathcal K`, `x}^T` in `\\mathbf{x}^T`.
    """
    depth = least = 0
    for i in range(start, end):
        if text[i] in "{}" and (i == 0 or text[i - 1] != "\\"):
            depth += 1 if text[i] == "{" else -1
            least = min(least, depth)
    for _ in range(-least):
        start = text.rfind("{", 0, start)
        if start < 0:
            return 0, end
    for _ in range(depth - least):
        found = text.find("}", end)
        if found < 0:
            break
        end = found + 1
    command = _FONT.search(text, 0, start)
    return (command.start(), end) if command is not None else (start, end)
