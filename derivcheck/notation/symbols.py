"""Tables of control sequences: what each is to the parser. Meaning is for later stages."""

from __future__ import annotations

from enum import IntEnum


class Rank(IntEnum):
    """How loosely an operator binds; the lowest binds last."""

    SEPARATOR = 0
    RELATION = 1
    SIGN = 2
    COLON = 3
    INFIX = 4


def _words(text: str) -> list[str]:
    return text.split()


def _commands(words: str) -> frozenset[str]:
    return frozenset("\\" + word for word in words.split())


SIGNS = frozenset({"+", "-", "\\pm", "\\mp"})

INFIXES = frozenset({"*", "/", "."}) | _commands(
    "cdot times otimes odot circ ast star div wedge oplus ominus bullet vee cup cap land lor setminus "
    "backslash bmod mod rtimes ltimes boxtimes boxplus amalg sqcup sqcap uplus diamond dotplus "
    "circledast oslash bigcirc smallsetminus centerdot cdotp bigcdot barwedge veebar divideontimes wr"
)

RELATIONS = frozenset({"=", "<", ">"}) | _commands(
    "ne neq le leq ge geq lt gt ll gg leqslant geqslant leqq geqq lesssim gtrsim lessapprox gtrapprox "
    "nleq ngeq approx approxeq sim simeq nsim cong ncong equiv nequiv propto varpropto doteq "
    "triangleq coloneqq eqqcolon coloneq eqcolon colonequals defeq eqdef bumpeq circeq asymp in notin "
    "ni owns subset subseteq subsetneq supset supseteq supsetneq nsubseteq nsupseteq sqsubseteq "
    "sqsupseteq prec preceq succ succeq preccurlyeq succcurlyeq perp parallel nparallel models vdash "
    "dashv Vdash vDash to mapsto gets leftarrow rightarrow leftrightarrow Leftarrow Rightarrow "
    "Leftrightarrow longrightarrow longleftarrow Longrightarrow Longleftarrow longleftrightarrow "
    "Longleftrightarrow longmapsto hookrightarrow hookleftarrow implies iff impliedby nearrow searrow "
    "swarrow nwarrow upharpoonright rightharpoonup leadsto rightsquigarrow rightleftharpoons "
    "xrightarrow xleftarrow uparrow downarrow Uparrow Downarrow updownarrow therefore because lhd rhd "
    "trianglelefteq trianglerighteq twoheadrightarrow rightarrowtail precsim succsim eqsim nmid "
    "multimap smile frown vartriangleleft"
)

SEPARATORS = {",": ",", ";": ";", "\\mid": "\\mid", "\\mvert": "\\mid", "\\middle": "|"}

OPERATORS: dict[str, Rank] = {
    **dict.fromkeys(SEPARATORS, Rank.SEPARATOR),
    **dict.fromkeys(RELATIONS, Rank.RELATION),
    **dict.fromkeys(SIGNS, Rank.SIGN),
    ":": Rank.COLON,
    "\\colon": Rank.COLON,
    **dict.fromkeys(INFIXES, Rank.INFIX),
}

LETTER_COMMANDS = _commands(
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma "
    "tau upsilon phi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega "
    "varepsilon vartheta varpi varrho varsigma varphi varkappa digamma Alpha Beta Epsilon Zeta Eta "
    "Iota Kappa Mu Nu Omicron Rho Tau Chi varGamma varDelta varTheta varLambda varXi varPi varSigma "
    "varUpsilon varPhi varPsi varOmega ell hbar hslash imath jmath wp aleph beth gimel daleth eth Re "
    "Im partial nabla infty mho"
)
SYMBOL_COMMANDS = LETTER_COMMANDS | _commands(
    "emptyset varnothing top bot intercal dagger ddagger prime backprime forall exists nexists "
    "neg lnot angle measuredangle triangle triangledown square blacksquare Box Diamond lozenge "
    "blacklozenge clubsuit diamondsuit heartsuit spadesuit flat sharp natural degree surd "
    "checkmark bigstar P S copyright complement dag ddag blacktriangle sphericalangle Finv Game "
    "Bbbk % # $ & _ pounds textdegree circledR maltese vartriangle"
)

# KaTeX and MathJax predefine these; a document's own macros are expanded before the parser.
DOUBLE_STRUCK_COMMANDS = {
    "\\R": "R",
    "\\N": "N",
    "\\Z": "Z",
    "\\reals": "R",
    "\\Reals": "R",
    "\\natnums": "N",
}

ACCENTS = _commands(
    "hat widehat bar overline tilde widetilde dot ddot dddot ddddot vec overrightarrow overleftarrow "
    "overleftrightarrow underline underbar check widecheck breve mathring acute grave utilde "
    "underrightarrow underleftarrow overbar overparen"
)
ACCENT_ALIASES = {
    "\\Bar": "bar",
    "\\Hat": "hat",
    "\\Tilde": "tilde",
    "\\Vec": "vec",
    "\\Dot": "dot",
    "\\Ddot": "ddot",
}

FONTS = {
    "\\mathbf": "bf",
    "\\boldsymbol": "bf",
    "\\bm": "bf",
    "\\pmb": "bf",
    "\\textbf": "bf",
    "\\mathbold": "bf",
    "\\symbf": "bf",
    "\\bold": "bf",
    "\\boldmath": "bf",
    "\\mathbfit": "bf",
    "\\symbfit": "bf",
    "\\mathbfsf": "bf",
    "\\mathcal": "cal",
    "\\symcal": "cal",
    "\\mathscr": "scr",
    "\\mathfrak": "frak",
    "\\frak": "frak",
    "\\mathbb": "bb",
    "\\Bbb": "bb",
    "\\mathbbm": "bb",
    "\\mathds": "bb",
    "\\symbb": "bb",
    "\\mathsf": "sf",
    "\\textsf": "sf",
    "\\mathtt": "tt",
    "\\mathrm": "rm",
    "\\mathup": "rm",
    "\\symrm": "rm",
    "\\textrm": "rm",
    "\\textnormal": "rm",
    "\\mathit": "it",
    "\\mathnormal": "",
    "\\textit": "it",
}
FONT_SWITCHES = {
    "\\bf": "bf",
    "\\bfseries": "bf",
    "\\cal": "cal",
    "\\rm": "rm",
    "\\it": "it",
    "\\sf": "sf",
    "\\tt": "tt",
    "\\mit": "",
    "\\scr": "scr",
    "\\normalfont": "",
    "\\em": "it",
}
FONT_COMMANDS = {
    "bf": "\\mathbf",
    "cal": "\\mathcal",
    "scr": "\\mathscr",
    "frak": "\\mathfrak",
    "bb": "\\mathbb",
    "sf": "\\mathsf",
    "tt": "\\mathtt",
    "rm": "\\mathrm",
    "it": "\\mathit",
}
UPRIGHT = frozenset({"rm", "sf", "tt"})

BIG_SIGNS = {
    "\\" + name: name
    for name in _words(
        "sum prod coprod int iint iiint iiiint oint oiint oiiint bigcup bigcap bigoplus bigotimes "
        "bigodot bigvee bigwedge biguplus bigsqcup"
    )
} | {"\\intop": "int", "\\smallint": "int", "\\ointop": "oint"}
INTEGRALS = {"int": 1, "iint": 2, "iiint": 3, "iiiint": 4, "oint": 1, "oiint": 2, "oiiint": 3}
BIG_NAMES = frozenset(
    _words(
        "lim limsup liminf max min sup inf argmax argmin plim esssup essinf maximize minimize injlim "
        "projlim varlimsup varliminf"
    )
)

FUNCTION_NAMES = frozenset(
    _words(
        "tr Tr trace Trace vec Vec vech diag Diag det Det rank Rank rk adj exp log ln lg sin cos tan cot "
        "sec csc arcsin arccos arctan arccot arcsec arccsc arctg tg ctg sinh cosh tanh coth sech csch "
        "arsinh arcosh artanh arcsinh arccosh arctanh asin acos atan atan2 sinc softmax sigmoid softplus "
        "relu ReLU sgn sign cov Cov Covar Corr corr var Var Pr Prob erf erfc dim ker Ker null Null span "
        "Span col Col row blkdiag blockdiag deg gcd lcm hom Hom arg mod Re div grad curl rot Hess unvec "
        "vecd mat logit prox proj Proj conv card sup inf max min argmax argmin lim Res supp range Range "
        "Aut cond abs floor ceil logsumexp polylog Li"
    )
)
PROSE = frozenset(
    _words(
        "if and or for when where with otherwise else is so as on in all then at by to from such that let "
        "iff hence thus not any some of the a an be are we have since because but only given each every "
        "otherwise, subject 若 当 如果 其中 且 或 和 否则 其他 对于"
    )
)
NAME_COMMANDS: dict[str, str] = {
    "\\" + name: name
    for name in _words(
        "log ln lg exp sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh coth det dim ker "
        "deg gcd hom Pr arg injlim projlim lim limsup liminf max min sup inf argmax argmin sech csch "
        "arctg tg ctg sh ch th cth tr Tr trace rank rk diag Diag sgn sign softmax Var Cov erf adj "
        "vech span Span grad curl lcm supp Hom Res plim sinc logit relu ReLU sigmoid Ker varlimsup "
        "varliminf arsinh arcosh artanh arccot proj"
    )
}

FRACTIONS = {
    "\\frac": "frac",
    "\\dfrac": "frac",
    "\\tfrac": "frac",
    "\\cfrac": "frac",
    "\\sfrac": "frac",
    "\\nicefrac": "frac",
    "\\flatfrac": "frac",
    "\\binom": "binom",
    "\\dbinom": "binom",
    "\\tbinom": "binom",
}
INFIX_FRACTIONS = {"\\over": "frac", "\\choose": "binom"}
ROW_STACKERS = frozenset({"\\atop"})

STYLES = {
    "\\cancel": "cancel",
    "\\bcancel": "bcancel",
    "\\xcancel": "xcancel",
    "\\underbrace": "underbrace",
    "\\overbrace": "overbrace",
    "\\boxed": "boxed",
    "\\fbox": "boxed",
    "\\underbracket": "underbrace",
    "\\overbracket": "overbrace",
    "\\bbox": "boxed",
    "\\sout": "cancel",
}
NOTED_STYLES = frozenset({"underbrace", "overbrace"})
STACKS = {"\\overset": "above", "\\stackrel": "above", "\\underset": "below"}
# Layout wrappers and switches: they leave no node, their argument is read in place.
TRANSPARENT = _commands(
    "quad qquad displaystyle textstyle scriptstyle scriptscriptstyle limits nolimits mathstrut strut "
    "mathord mathbin mathrel mathopen mathclose mathpunct mathinner hline nonumber notag ensuremath "
    "mathop allowbreak relax nobreak protect hfill noindent centering smash"
)

DOTS = {
    "\\cdots": "cdots",
    "\\ldots": "ldots",
    "\\dots": "dots",
    "\\vdots": "vdots",
    "\\ddots": "ddots",
    "\\dotsc": "ldots",
    "\\dotso": "ldots",
    "\\dotsb": "cdots",
    "\\dotsm": "cdots",
    "\\dotsi": "cdots",
    "\\hdots": "ldots",
    "\\iddots": "ddots",
    "\\adots": "ddots",
    "\\textellipsis": "ldots",
    "\\mathellipsis": "ldots",
}

OPENERS = {
    "(": "(",
    "[": "[",
    "\\{": "{",
    "\\lbrace": "{",
    "\\langle": "<",
    "\\lang": "<",
    "\\lfloor": "\\lfloor",
    "\\lceil": "\\lceil",
    "\\lvert": "|",
    "\\lVert": "\\|",
    "\\lbrack": "[",
    "\\lparen": "(",
    "\\llbracket": "[",
}
CLOSERS = {
    ")": ")",
    "]": "]",
    "\\}": "}",
    "\\rbrace": "}",
    "\\rangle": ">",
    "\\rang": ">",
    "\\rfloor": "\\rfloor",
    "\\rceil": "\\rceil",
    "\\rvert": "|",
    "\\rVert": "\\|",
    "\\rbrack": "]",
    "\\rparen": ")",
    "\\rrbracket": "]",
}
BARS = {"|": "|", "\\vert": "|", "\\|": "\\|", "\\Vert": "\\|"}
# What may stand after \left and \right.
DELIMITERS = {**OPENERS, **CLOSERS, **BARS, ".": ".", "<": "<", ">": ">"}

# Environments that hold rows and cells, with the fences they draw.
GRIDS: dict[str, tuple[str, str]] = {
    **dict.fromkeys(("pmatrix", "psmallmatrix"), ("(", ")")),
    **dict.fromkeys(("bmatrix", "bsmallmatrix"), ("[", "]")),
    **dict.fromkeys(("Bmatrix", "Bsmallmatrix"), ("{", "}")),
    **dict.fromkeys(("vmatrix", "vsmallmatrix"), ("|", "|")),
    **dict.fromkeys(("Vmatrix", "Vsmallmatrix"), ("\\|", "\\|")),
    **dict.fromkeys(("cases", "dcases"), ("{", ".")),
    **dict.fromkeys(("rcases", "drcases"), (".", "}")),
    **dict.fromkeys(
        _words(
            "matrix array smallmatrix aligned alignedat split gathered align align* alignat alignat* "
            "gather gather* eqnarray eqnarray* multline multline* tabular subarray equation equation* "
            "flalign flalign* darray displaymath math"
        ),
        (".", "."),
    ),
}


def is_function_word(word: str) -> bool:
    """May the upright word stand for a function or a named quantity, rather than be prose?"""
    return word.isascii() and word.isalpha() and 1 < len(word) <= 12 and word not in PROSE
