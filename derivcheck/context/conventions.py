# ruff: noqa: E501 - one row per phrase family reads better than wrapped patterns
"""Conventions that prose states for all symbols at once: layouts, typography, transposes, products, norms.

A rule matches the sentence with its formulas spelled out between ⟨ and ⟩. A sentence that only explains a convention
("there are two layouts …") declares nothing: layout rules need a declaring word, and just one layout in the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product

from derivcheck.context.facts import Convention
from derivcheck.patterns import pattern


@dataclass(frozen=True, slots=True)
class Rule:
    """`words`: one of these stands in whatever the pattern matches, so that most rules are left out at once;
    `needs`: also required somewhere in the sentence; `bars`: must not occur in it; `detail`: a group's name."""

    words: str
    pattern: str
    convention: Convention
    needs: str = ""
    bars: str = ""
    detail: str = ""


_DECLARES = (
    r"\b(?:we|i|this (?:note|post|paper|text|section|document|book|article|chapter)|here|throughout|always|by default|below|"
    r"in what follows|in this \w+|everywhere|convention|our|used|am|adopt\w*|follow\w*)\b|layout[.:]|"
    r"使用|采用|默认|统一|一律|约定|全文|本文|本节|本书|本笔记|选用|规定|遵循|习惯|(?:我们|均|都|按|皆)[用为是取按]?分[子母]"
)
_EXPLAINS = (
    r"\b(?:another|other|some (?:authors|texts|books|people)|others|two (?:common )?(?:conventions|layouts)|unlike|not use|"
    r"instead of|whereas|in contrast|if (?:one|we|you)|alternative|as opposed|when using|would|were (?:we|one) to|had (?:we|one))\b|"
    r"两种|(?:若|假如|倘若|要是)[^，。；]{0,8}[用按取]|如果|另一|有的|有些|不使用|不采用|而不是|选择.{0,6}时|好处|而非|(?:布局|记法|约定)(?:时|的话)"
)
_CONTRAST = pattern(
    r"(?:\b(?:rather than|instead of|as opposed to|in contrast to|unlike|while|whereas|(?:and|but|,) not)\b|而不是|而非|[，,]不[采使]?用)"
    r"[^,.;:()，。；：（）]*",
    re.IGNORECASE,
)
_MIXED = r"layout: mixed|\b(?:we|i|here|this \w+) (?:\w+ ){0,2}(?:the |a )?mixed[- ](?:layout|convention)|[采使]?用混合(?:布局|约定)"
_NUMERATOR = r"layout: numerator|\bnumerator[- ](?:layout|convention|notation|person|people|style)|(?:jacobian|jacobi) (?:formulation|layout)|分子(?:布局|记法|约定|形式)"
_DENOMINATOR = r"layout: denominator|\bdenominator[- ](?:layout|convention|notation|person|people|style)|hessian formulation|分母(?:布局|记法|约定|形式)"
_SCALARS = r"(?:gradients?|scalars?|loss\w*|梯度|标量|损失)"
_JACOBIANS = r"(?:jacobi\w*|vectors? (?:by|with respect to)|vector[- ]by[- ]vector|雅可比|雅克比|向量(?:值函数)?对)"
_FORMER = r"\b(?:use|adopt|follow|choose|take|prefer|stick to|keep to) the (?:former|first)\b|[用取择循]前者"
_LATTER = r"\b(?:use|adopt|follow|choose|take|prefer|stick to|keep to) the (?:latter|second)\b|[用取择循]后者"
_SAME_SHAPE = (
    r"(?:same shape|shape of|same size|same order|same format|same dimensions?|"
    r"(?:arranged|laid out|shaped|organi[sz]ed|stored) (?:just |exactly )?(?:like|as) (?:the|that|its|their) (?:\w+ ){0,2}?"
    r"(?:matri\w+|vectors?|arrays?|variables?|arguments?|parameters?|tensors?)|"
    r"同形|同型|形状相同|形状一致|相同的形状|同样的形状|(?:大小|尺寸|维度|维数)(?:相同|一致))"
)
_GRADIENT = r"(?:gradients?|derivatives? (?:of [^.;]{0,40})?with respect to|derivatives? of (?:a )?scalars?|scalar'?s derivatives?|derivatives? of scalar|梯度|标量.{0,8}导数|求导|导数)"



def _each_its_own(first: str, layout: str, second: str, other: str) -> str:
    """One layout for the first kind of derivatives, the other for the second: "denominator layout for gradients and
    numerator layout for Jacobians", in whichever order."""
    here, there = ((f"(?:{a}).{{0,30}}(?:{b})", f"(?:{b}).{{0,12}}(?:{a})") for a, b in ((first, layout), (second, other)))
    pairs = (order for pair in product(here, there) for order in (pair, pair[::-1]))
    return "|".join(f"{a}.{{0,40}}{b}" for a, b in pairs)


# Looked for before anything else, the words behind "whereas" included.
_APART = Rule("numerator|分子", _each_its_own(_SCALARS, _DENOMINATOR, _JACOBIANS, _NUMERATOR), Convention.MIXED,
              needs=_DECLARES, bars=_EXPLAINS.replace("whereas|in contrast|", ""))  # fmt: skip
RULES: tuple[Rule, ...] = (
    Rule("numerator|jacobi|分子", _NUMERATOR, Convention.NUMERATOR, needs=_DECLARES, bars=f"{_EXPLAINS}|{_DENOMINATOR}|{_MIXED}"),
    Rule("denominator|hessian|分母", _DENOMINATOR, Convention.DENOMINATOR, needs=_DECLARES, bars=f"{_EXPLAINS}|{_NUMERATOR}|{_MIXED}"),
    Rule("mixed|混合", _MIXED, Convention.MIXED, bars=_EXPLAINS),
    Rule("former|first|latter|second|前者|后者", f"(?:{_NUMERATOR}).*(?:{_DENOMINATOR}).*(?:{_FORMER})|(?:{_DENOMINATOR}).*(?:{_NUMERATOR}).*(?:{_LATTER})", Convention.NUMERATOR),
    Rule("former|first|latter|second|前者|后者", f"(?:{_DENOMINATOR}).*(?:{_NUMERATOR}).*(?:{_FORMER})|(?:{_NUMERATOR}).*(?:{_DENOMINATOR}).*(?:{_LATTER})", Convention.DENOMINATOR),
    Rule("same|shape of|arranged|laid out|shaped|organi|stored|同形|同型|形状|大小|尺寸|维", rf"{_GRADIENT}.{{0,80}}{_SAME_SHAPE}", Convention.GRADIENT_LIKE, bars=f"{_EXPLAINS}|transposed|矩阵.{{0,12}}元"),
    Rule("column|列向量", r"gradients?(?: of (?:a )?(?:scalars?|scalar functions?))?(?: vectors?)? (?:are|is)(?: always| taken to be| written as| understood as| an?)* column"
         r"|梯度(?:默认|一律|总|都|均|统一)?(?:取|是|为|看作|写成|记为)列向量", Convention.GRADIENT_COLUMN, bars=_EXPLAINS + "|一般认为"),
    Rule("row|行向量", r"gradients?(?: of (?:a )?(?:scalars?|scalar functions?))?(?: vectors?)? (?:are|is)(?: always| taken to be| written as| understood as| an?)* row"
         r"|\brow gradients?\b(?=.{0,40}(?:throughout|convention))|梯度(?:默认|一律|总|都|均|统一)?(?:取|是|为|看作|写成|记为)行向量", Convention.GRADIENT_ROW, bars=_EXPLAINS),
    Rule("einstein|convention|repeated|twice|double|爱因斯坦|重复", r"einstein(?:'s)? (?:summation|sum|notation|convention|fashion|style)|summation convention|"
         r"(?:repeated|twice|double[d]?) .{0,30}(?:is|are) (?:implicitly )?summed|sum(?:med|mation)? (?:is implied )?over (?:all )?repeated ind"
         r"|爱因斯坦(?:求和)?(?:约定|记号|记法)|重复(?:的)?(?:下标|指标).{0,6}求和", Convention.EINSTEIN, bars=r"\b(?:not|no|without|unlike)\b|不使用|不采用|不用"),
    Rule("run|range|go|take|vary|sum|指标|下标", r"(?:\b(?:indices|indexes|subscripts)\b[^.;]{0,60}?|⟨[a-z](?:\s*,\s*[a-z])+⟩ )\b(?:runs?|ranges?|go|take|vary|summed)\b[^.;]{0,30}?"
         r"(?:\b1⟩?\s*(?:to|through|,\s*2\s*,\s*(?:and )?|,\s*\\[lc]?dots\s*,)\s*⟨?(?P<to>\d|[a-zA-Z])\b)|\b(?:summed|sums?|run|range) (?:over|from) ⟨1\s*,\s*2\s*,\s*(?P<over>3)⟩"
         r"|(?:指标|下标)[^。；]{0,20}1⟩?\s*(?:到|至|[,，、]\s*2\s*[,，、])\s*⟨?(?P<zh>\d|[a-z])", Convention.INDEX_RANGE),
    Rule("greek|希腊", r"\bgreek\b[^.;]{0,50}\b0⟩?\s*(?:to|through|,\s*1\s*,\s*2\s*,\s*(?:and )?|,\s*\\[lc]?dots\s*,)\s*⟨?(?P<to>\d)\b"
         r"|希腊[^。；]{0,30}\b0⟩?\s*(?:到|至|[,，、]\s*1\s*[,，、]\s*2\s*[,，、])\s*⟨?(?P<zh>\d)", Convention.GREEK_RANGE),
    Rule("bold|黑体|粗体|加粗", r"bold(?:face|faced)?[- ]?(?:lower|small)[- ]?case[^.;,]{0,40}(?:vectors?|columns?)|lower[- ]?case bold[^.;,]{0,40}vectors?|vectors? (?:are|is)[^.;,]{0,30}bold[^.;,]{0,12}lower"
         r"|小写(?:的)?(?:黑体|粗体|加粗)[^，。；]{0,8}向量|(?:黑体|粗体|加粗)(?:的)?小写[^，。；]{0,8}向量", Convention.BOLD_LOWER_VECTOR),
    Rule("bold|黑体|粗体|加粗", r"bold(?:face|faced)?[- ]?(?:upper|capital|large)[- ]?(?:case)?[^.;]{0,40}matri|(?:upper[- ]?case|capital) bold[^.;]{0,40}matri|matrices (?:are|is)[^.;,]{0,30}bold[^.;,]{0,12}(?:upper|capital)"
         r"|bold[^.;]{0,12}lower[^.;]{0,40}vectors?[^.;]{0,24}(?:upper|capital)[^.;]{0,30}matri"
         r"|大写(?:的)?(?:黑体|粗体|加粗)[^，。；]{0,8}矩阵|(?:黑体|粗体|加粗)(?:的)?大写[^，。；]{0,8}矩阵", Convention.BOLD_UPPER_MATRIX),
    Rule("case|小写", r"(?<!bold )(?<!boldface )\b(?:lower|small)[- ]?case(?! bold)(?: (?:latin|roman|letters?))*(?: are| denote| for| stand for| represent| mean)* (?:column )?vectors?"
         r"|(?<!黑体)(?<!粗体)小写(?:拉丁|英文)?字母(?:表示|代表|为|是)(?:列)?向量", Convention.LOWER_VECTOR),
    Rule("case|capital|大写", r"(?<!bold )(?<!boldface )\b(?:upper[- ]?case|capital)(?! bold)(?: (?:latin|roman|letters?))*(?: are| denote| for| stand for| represent| mean)* matrices"
         r"|(?<!黑体)(?<!粗体)大写(?:拉丁|英文)?字母(?:表示|代表|为|是)矩阵", Convention.UPPER_MATRIX),
    Rule("italic|斜体|非黑体|普通", r"italics?(?: [a-z]+){0,4} scalars?|scalars? (?:are|is)[^.;,]{0,20}italic|(?:斜体|非黑体|普通)(?:小写)?(?:字母|字体)?(?:表示|代表|为|是)标量", Convention.ITALIC_SCALAR),
    Rule("greek|希腊", r"greek letters?(?: [a-z]+){0,3} scalars?|希腊字母(?:表示|代表|为|是)标量", Convention.GREEK_SCALAR),
    Rule("entry|element|component|coordinate|逐|按元素", r"(?:functions? (?:of (?:one|a single) (?:real )?variable|of a scalar)|scalar functions?(?: of (?:vectors|matrices|a vector|a matrix))?|univariate functions|nonlinearit(?:y|ies)|powers of vectors|exp(?:onential)?s?,? [^.;]{0,40}vectors?)"
         r"[^.;]{0,40}(?:act|appl|taken|understood|operate)[^.;]{0,24}(?:entry|element|component|coordinate)|(?:一元|标量)函数[^。；]{0,20}(?:逐元素|逐分量|按元素)", Convention.ELEMENTWISE_FUNCTIONS),
    Rule("\\circ", r"⟨\\circ⟩[^.;。；]{0,30}(?:entry|element|component|hadamard|逐元素|按元素|逐项|哈达玛|阿达马)|(?:hadamard|entrywise|elementwise|element-wise)[^.;]{0,30}⟨\\circ⟩|(?:阿达马|哈达玛|逐元素)[^。；]{0,10}⟨\\circ⟩",
         Convention.CIRC_HADAMARD, bars=r"任意一种|compos"),
    Rule("khatri", r"⟨[^⟩]*?(?P<before>\\odot|\\ast|\\star|\*)[^⟩]*⟩(?:,? and ⟨\\otimes⟩)?[^.;,。；，⟨]{0,30}khatri|khatri[^.;。；⟨]{0,40}⟨[^⟩]*?(?P<behind>\\odot|\\ast|\\star|\*)[^⟩]*⟩", Convention.KHATRI_RAO),
    Rule("row|按行|各行|逐行", r"(?:vec|拉直|向量化)[^.;。；]{0,60}(?:stack|concatenat|list|put|read|排|堆|拼|连)[^.;。；]{0,20}(?:the |its )?\W?rows\b|(?:vec|拉直|向量化)[^.;。；]{0,30}(?:按行|各行|逐行)|row-major vec|stack(?:s|ing)? (?:the )?rows", Convention.VEC_ROWS, bars=r"columns|各列|按列"),
    Rule("transpos|转置", r"primes? (?:denotes?|means|is|stands? for|indicates?|for)(?: the)? transpos|撇(?:号)?(?:表示|代表|为)转置|⟨[^⟩]{0,8}(?:'|\\prime)[^⟩]{0,4}⟩[^.;。；]{0,24}(?:transpos|转置)", Convention.PRIME_TRANSPOSE, bars=r"⟨[^⟩]*\^\s*\{?\\?(?:top|T\b|intercal|mathsf)"),
    Rule("transpos|转置", r"⟨[^⟩]{0,6}\^?\s*\{?\s*(?:\\(?:mathrm|mathsf|text|rm|mathtt|mathit)\s*\{?\s*[tT]\s*\}?|[tT]|\\top|\\intercal|\\mathsf T|\\mathrm T)\s*\}?\s*⟩\s*(?:=|[^.;。；]{0,24}?)\s*(?:transpos|转置)"
         r"|superscript [tT⊤]\b[^.;]{0,20}transpos|上标\s*[tT]\s*[^。；]{0,10}转置", Convention.T_TRANSPOSE),
    Rule("transpose|adjoint|共轭转置", r"(?:stars?|asterisks?|⟨[^⟩]{0,6}(?:\*|\\ast|\\star)[^⟩]{0,3}⟩)[^.;。；]{0,24}(?:conjugate transpose|adjoint|hermitian transpose|共轭转置)", Convention.STAR_ADJOINT),
    Rule("spectral norm|operator norm|induced norm|谱范数", r"⟨[^⟩]{0,6}\\(?:\||Vert|lVert)[^⟩]*⟩[^.;。；]{0,40}(?:spectral|operator|induced) norm|⟨[^⟩]{0,6}\\(?:\||Vert|lVert)[^⟩]*⟩[^.;。；]{0,12}谱范数", Convention.SPECTRAL_NORM),
    Rule("frobenius|弗罗|范数", r"⟨[^⟩]{0,6}\\(?:\||Vert|lVert)(?![^⟩]*_)[^⟩]*⟩[^.;。；]{0,40}frobenius|⟨[^⟩]{0,6}\\(?:\||Vert|lVert)(?![^⟩]*_)[^⟩]*⟩[^.;。；]{0,12}(?:弗罗贝?尼乌斯|F\s*范数)", Convention.FROBENIUS_NORM),
    Rule("square|all matrices|方阵|所有矩阵", r"(?:every|all|each)(?: of the)? matri(?:x|ces)[^.;,]{0,40}(?:is|are) square(?: of order ⟨(?P<order>[a-z])\b)?|all matrices (?:are|have size) ⟨(?P<size>[a-z])\s*\\times\s*(?P=size)⟩"
         r"|(?:所有|一切|全部|各)矩阵(?:均|都|皆)?(?:为|是)\s*(?:⟨(?P<zh>[a-z])⟩\s*阶)?方阵|所有矩阵(?:均|都|皆)?(?:为|是)\s*⟨(?P<zs>[a-z])\s*\\times\s*(?P=zs)⟩", Convention.SQUARE_MATRICES, bars=r"\bnot\b|不都"),
    Rule("inver|exist|逆", r"inverses?[^.;]{0,40}(?:exist|assumed|whenever)[^.;]{0,30}(?:where|when|written|exist)|(?:all|every) (?:inverses?|matri\w+)[^.;]{0,30}(?:invertible|exist)|出现逆的地方|逆[^。；]{0,6}(?:默认|都|均)[^。；]{0,4}(?:存在|可逆)|默认可逆", Convention.INVERTIBLE, bars=r"\b(?:not|need not)\b|未必"),
    Rule("matrices|vectors|矩阵|方阵|向量", r"\bfor (?:(?:all|any|every|two|three|arbitrary|general|generic|rectangular|conformable|compatible|real|such|(?P<square>square|symmetric|skew-symmetric|invertible|⟨([a-z])\s*\\times\s*\2⟩)|⟨[^⟩]*\\times[^⟩]*⟩) )+(?:matrices|vectors)\b(?! (?:[a-z]+ ){0,4}⟨)"
         r"|(?:任意|任何|一般|所有)(?:的|两个|三个|(?P<quadratic>同阶|可逆|对称)|实|⟨[^⟩]*⟩|阶|\s)*(?:矩阵|(?P<order>方阵)|向量)\s*(?=[，,都均有恒总])", Convention.OPEN_SIZES),
    Rule("independent|元素", r"(?:entries|elements)[^.;]{0,60}(?:treated|regarded|considered|taken|as)[^.;]{0,20}independent|元素[^。；]{0,6}(?:看作|视为|当作)[^。；]{0,6}(?:互不相关|独立|无关)", Convention.SYMMETRIC_FREE),
)  # fmt: skip

_WORDS = tuple((rule, rule.words.split("|")) for rule in RULES)
_LONGEST = 1200  # characters of a sentence that are looked at


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compiled when a sentence first needs it: most documents state no convention at all."""
    return re.compile(pattern, re.IGNORECASE)


def layouts_named(text: str) -> Iterator[Convention]:
    """The layouts that a text speaks of, declared or not."""
    lower = text.lower()
    for rule, words in _WORDS[:2]:
        if any(word in lower for word in words) and _compiled(rule.pattern).search(text):
            yield rule.convention


def conventions(spoken: str) -> Iterator[tuple[Convention, str, int, int]]:
    """(convention, detail, start, end) for every rule that the sentence satisfies; offsets in `spoken`."""
    spoken = spoken[:_LONGEST]
    lower = spoken.lower()
    rules = [rule for rule, words in _WORDS if any(map(lower.__contains__, words))]
    if any(map(lower.__contains__, _APART.words.split("|"))) and (found := _matched(_APART, spoken)) is not None:
        yield _APART.convention, "", *found.span()
        rules = [rule for rule in rules if rule.convention not in (Convention.NUMERATOR, Convention.DENOMINATOR)]
    spoken = _CONTRAST.sub(lambda m: " " * len(m[0]), spoken) if rules else ""
    for rule in rules:
        if (m := _matched(rule, spoken)) is not None:
            detail = next((g for g in m.groupdict().values() if g), "")
            yield rule.convention, detail, m.start(), m.end()


def _matched(rule: Rule, spoken: str) -> re.Match[str] | None:
    """What satisfies a rule in a sentence."""
    found = _compiled(rule.pattern).search(spoken)
    if found is None or (rule.needs and not _compiled(rule.needs).search(spoken)):
        return None
    return None if rule.bars and _compiled(rule.bars).search(spoken) else found
