"""Control sequences that concern the layout of a formula: what the lexer drops, measures or unwraps."""

from __future__ import annotations

import re


def _names(words: str) -> frozenset[str]:
    return frozenset("\\" + word for word in words.split())


# Widths in em.
SPACES: dict[str, float] = {
    "\\,": 0.17, "\\thinspace": 0.17, "\\/": 0.0, "\\!": 0.0, "\\negthinspace": 0.0, "\\negmedspace": 0.0,
    "\\negthickspace": 0.0, "\\:": 0.22, "\\>": 0.22, "\\medspace": 0.22, "\\;": 0.28, "\\thickspace": 0.28,
    "\\ ": 0.33, "\\\n": 0.33, "\\\t": 0.33, "\\nobreakspace": 0.33, "\\space": 0.33, "\\enspace": 0.5,
    "\\enskip": 0.5, "\\quad": 1.0, "\\qquad": 2.0, "\\hfill": 2.0, "\\hfil": 2.0, "\\hfilneg": 0.0,
}  # fmt: skip

# KaTeX and the physics package: other names of a sign.
ALIASES = {"\\part": "\\partial", "\\cross": "\\times"}

DROPPED = _names(
    "limits nolimits displaystyle textstyle scriptstyle scriptscriptstyle nonumber notag qedhere "
    "allowbreak nobreak "
    "break hline mathstrut strut noindent centering relax protect null small footnotesize scriptsize "
    "large Large LARGE "
    "normalsize tiny displaybreak pagebreak smallskip medskip bigskip par toprule midrule bottomrule qed "
    "displaylimits mathsurround nolinebreak linebreak hfuzz unskip ignorespaces bgroup egroup vfill "
    "dsize tsize"
) | {"\\"}

# Dropped with so many braced arguments (an optional `*` and `[…]` before them).
DROPPED_WITH_ARGUMENTS: dict[str, int] = {
    **dict.fromkeys(
        _names(
            "label tag phantom hphantom vphantom vspace cline eqref ref cref Cref autoref cite citep "
            "citet footnote "
            "footnotemark index pagestyle color"
        ),
        1,
    ),
    **dict.fromkeys(_names("setlength addtolength rule setcounter"), 2),
}

# Read as their last argument; the number says how many braced arguments stand before it.
UNWRAPPED: dict[str, int] = {
    **dict.fromkeys(
        _names(
            "mathclap mathrlap mathllap clap llap rlap smash vcenter ensuremath boxed bbox mathrel "
            "mathbin mathord "
            "mathpunct mathinner hl fbox framebox makebox Aboxed"
        ),
        0,
    ),
    **dict.fromkeys(_names("textcolor colorbox raisebox scalebox class cssId style href bgcolor"), 1),
    **dict.fromkeys(_names("fcolorbox resizebox"), 2),
}

TEXT = _names("text mbox textrm textnormal textup hbox textsc texttt")
TEXT_IF_WORDS = _names("textit textsl textsf textbf emph textmd")  # else they are fonts
ROW_TEXT = _names("intertext shortintertext noalign")
FONTS = _names(
    "mathrm mathsf mathbf mathit mathtt mathnormal rm sf bf it tt text textrm textsf textbf textit mathcal bm"
)
OPERATOR_NAME = _names("operatorname operatornamewithlimits")
NEWLINES = _names("cr tabularnewline newline")
SIZES: dict[str, str] = {
    "\\" + size + side: side for size in ("big", "Big", "bigg", "Bigg") for side in ("", "l", "r", "m")
}
BARS = frozenset({"|", "\\|", "\\vert", "\\Vert", "\\lvert", "\\rvert", "\\lVert", "\\rVert", "\\mid", "."})
ARRAYS = frozenset(
    {
        "array", "tabular", "darray", "alignat", "alignat*", "alignedat", "xalignat", "xalignat*",
        "IEEEeqnarray", "IEEEeqnarray*", "subarray", "tabular*", "array*", "spreadlines",
    }
)  # fmt: skip
NEGATED: dict[str, str] = {
    "=": "\\ne", "\\in": "\\notin", "\\equiv": "\\nequiv", "<": "\\nless", ">": "\\ngtr", "\\le": "\\nleq",
    "\\leq": "\\nleq", "\\ge": "\\ngeq", "\\geq": "\\ngeq", "\\subset": "\\nsubset",
    "\\subseteq": "\\nsubseteq",
    "\\sim": "\\nsim", "\\mid": "\\nmid", "\\exists": "\\nexists", "\\parallel": "\\nparallel",
}  # fmt: skip
# Words that some authors set as \mathrm{if} although they are prose.
WORDS = frozenset(
    {
        "if", "and", "for", "where", "when", "otherwise", "or", "with", "so", "then", "as", "hence",
        "else", "thus", "such", "that", "let", "given", "since", "because", "by", "from", "therefore",
        "i.e", "e.g", "forall", "all", "any", "subject", "to", "s.t", "is", "are", "iff",
    }
)  # fmt: skip
UNITS = frozenset(("em", "ex", "pt", "mm", "cm", "in", "mu", "bp", "pc"))
SEPARATING = frozenset(
    {"=", "<", ">", ",", "\\le", "\\leq", "\\ge", "\\geq", "\\approx", "\\equiv", "\\ne", "\\in"}
)
MAX_OPTIONAL = 64  # tokens of an optional argument
MAX_NAME = 64  # tokens of an operator's name

_LENGTH = re.compile(r"(-?)\s*([0-9]*\.?[0-9]*)\s*([a-z]+)")
_EM = {
    "em": 1.0,
    "ex": 0.43,
    "pt": 0.1,
    "bp": 0.1,
    "mm": 0.285,
    "cm": 2.85,
    "in": 7.2,
    "mu": 1 / 18,
    "pc": 1.2,
}


def width(length: str) -> float:
    """A length such as `2em` or `10pt` in em; 0 when negative, 2 when it cannot be read (`\\textwidth`)."""
    match = _LENGTH.match(length.strip())
    if match is None or not match[2].strip("."):
        return 2.0
    return 0.0 if match[1] else float(match[2]) * _EM.get(match[3], 1.0)
