"""What a link is before anything is computed: a claim, a definition, an assumption, from structure and words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from derivcheck.context.facts import Convention, DefinitionFact
from derivcheck.notation import tree
from derivcheck.notation.keys import base_key, symbol_key
from derivcheck.notation.remainders import is_asymptotic, is_expansion
from derivcheck.notation.walk import children, subtrees
from derivcheck.readings import extremes, flows, jacobians, partials
from derivcheck.readings.data import has_noise
from derivcheck.readings.definitions import inverse_of, solved, target
from derivcheck.readings.known import Known, plain
from derivcheck.statements.model import Chain, Connective, Member, RelationKind


class Role(Enum):
    CLAIM = "claim"
    DEFINITION = "definition"
    ASSUMPTION = "assumption"
    UNDECIDED = "undecided"  # a relation that is recognised, never decided


@dataclass(frozen=True, slots=True)
class LinkRole:
    """`weak`: a claim that is an assumption or a definition if it turns out false; `hinted`: words nearby suggest
    that it might be a condition; `partial`: that terms are left out; `conditional`: that it
    holds under an "if"; `restates`: a definition, unless it agrees with
    that of an earlier section, or holds of itself; `another`: that the symbol gets another value than before."""

    role: Role
    weak: Role | None = None
    hinted: bool = False
    partial: bool = False
    conditional: bool = False
    restates: bool = False
    another: bool = False


_ASSUMING = re.compile(
    r"\b(assum\w*|suppos\w*|posit(s|ed)?\b|subject to|constrain\w*|set(ting)? .{0,40}(to )?zero|equal to zero"
    r"|let us solve|solv(e|es|ing) (for|the)"
    r"|(satisf\w+|solution (of|to)) (the|an?|this) (\w+ ){0,3}equations?|we (want|require|model)"
    r"|(is|are) distributed|obeys?|system of equations)\b"
    r"|满足.{0,12}方程|假设|假定|约束|令.{0,12}为零|等于零|求解|服从"
    r"|\b(sup[oõ]n\w*|supposons|on suppose|asum\w+|angenommen|nehmen wir|suje\w+ a|sous (?:la )?contrainte"
    r"|nebenbedingung\w*|igual\w* a (?:zero|cero)|égal\w* à (?:zéro|0)|annul\w+|gleich null|null ?(?:zu )?setzen"
    r"|приравн\w+|предполо\w+)\b"
    r"|仮定|制約|0\s*とお|가정|제약|0으로 (?:두|놓)",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\b(?:the|this|its) (?:[\w-]+ ){1,4}equations?[:,]?\s*$|[\u4e00-\u9fff]方程组?[:：,，]?\s*$", re.IGNORECASE
)
_DERIVED = re.compile(
    r"\b(?:obtain|get|giv|yield|lead|arriv|deriv|follow|becom|turn|reduc|rewrit|impl|hence|thus|therefore)\w*"
    r"|得|因此|所以|于是|从而|故|化为|推出",
    re.IGNORECASE,
)
_UPDATING = re.compile(r"\b(updat\w*|iterat\w*|algorithm)\b|更新|迭代|递推|赋值", re.IGNORECASE)
_HINTING = re.compile(
    r"\b(model\w*|satisf\w*(?! (?:the )?(?:identit|law|propert|rule))|solv\w+"
    r"|requir\w*|want\w*|minimi[sz]\w*|maximi[sz]\w*|problem|recursi\w*|dynamics|evolv\w*|approximat\w*"
    r"|optimal\w*|stationar\w*|equation|condition|such that)\b"
    r"|满足(?!.{0,12}(?:律|性质|恒等式))|模型|方程|要求|使得|近似|最优|条件"
    r"|\b(modèle\w*|modell\w*|satisfa\w+|satisfont|vérifi\w+|erfüll\w+|cumpl\w+|résou\w+|resolve\w*|lös\w+|probl[eè]m\w*|equa[çc]\w+"
    r"|ecuaci\w+|équation\w*|equazion\w*|gleichung\w*|condi[çc]\w+|bedingung\w*|[oó]tim\w*|óptim\w*|aproxima\w*|approch\w+|näherung\w*"
    r"|модел\w+|уравнен\w+|услови\w+|оптимальн\w+|минимиз\w+|приближ\w+)\b"
    r"|満た|モデル|方程式|最適|만족|모형|모델|방정식|조건|최적|근사",
    re.IGNORECASE,
)
_MODEL = re.compile(r"\bmod[eè]l|模型|\bмодел|モデル|모형|모델", re.IGNORECASE)
_CONDITIONAL = re.compile(
    r"\b(if|when|whenever|provided|unless|si|wenn|falls|lorsque|cuando|quando|если|когда)\b"
    r"|若|如果|假如|ならば|場合|이면|일 때",
    re.IGNORECASE,
)
_PARTIAL = re.compile(
    r"\b(without|ignor\w*|neglect\w*|drop\w*|omit\w*|discard\w*|(leave|leaving|left) out|absen\w*|vanish\w*|reduces?"
    r"|cases?|no|alone|only|parts?|un(regulari[sz]|penali[sz]|constrain|weight)ed)\b"
    r"|忽略|省略|去掉|舍去|不考虑|没有|不含|退化|特殊|单独|部分|情形|情况"
    r"|\b(sans|sin|sem|senza|ohne|без|despre[cz]\w*|néglige\w*|vernachlässig\w*|пренебрег\w*|casos?|cas|fall|случа\w+)\b|無視|場合|무시|경우",
    re.IGNORECASE,
)
_ANOTHER = re.compile(
    r"\b(another|alternativ\w*|instead|alternate\w*|unbiased|(bias[- ]?)?corrected|redefin\w*|modified"
    r"|variants?|versions?"
    r"|(second|third|fourth|other|next|different) (\w+ ){0,2}"
    r"(functions?|choices?|definitions?|forms?|options?|estimat\w+|models?)"
    r"|more (exact|general|accurate|precise|refined)|in (this|that|the|which|another)? ?(\w+ )?case"
    r"|(is|are) (\w+ )?defined (as|by|to be))\b"
    r"|另一|改为|改成|改用|无偏|修正|重新定义|第二种|定义为|的情况下"
    r"|\b(autre|otra|outra|altra|ander\w+|друг\w+|stattdessen|plutôt|en su lugar|em vez|invece|вместо)\b"
    r"|代わりに|別の|대신|다른",
    re.IGNORECASE,
)
_UPDATE_STEP = re.compile(r"[_^]\{?\(?[A-Za-z]\s*\+\s*1|\^\{?\+\}?$|\^\{?\((?:new|next)\)")


def is_assuming(prose: str) -> bool:
    """Whether the words before an equation say that it is assumed."""
    return _ASSUMING.search(prose) is not None


def gives_another_value(chain: Chain, prose: str) -> bool:
    """Whether a symbol stands alone on the left of what the words before say is another value of it."""
    head, _ = solved(chain.members[0].node, chain.members[1].node)
    return target(head)[0] is not None and _ANOTHER.search(prose) is not None


def is_named(prose: str) -> bool:
    """Whether the words before an equation name it, and not what it follows from: "the Lyapunov equation"."""
    return _NAMED.search(prose) is not None and _DERIVED.search(prose) is None


def role_of(chain: Chain, link: int, known: Known, prose: str, random: frozenset[str] = frozenset()) -> LinkRole:
    """The role of chain.relations[link]; `prose` is what introduces the display, `random` the symbols that the display
    says are distributed in some way: what is made of them is a model."""
    kind = relation_of(chain, link)
    left, right = chain.members[link], chain.members[link + 1]
    match kind:
        case RelationKind.DEFINE:
            return LinkRole(Role.DEFINITION)
        case RelationKind.ASSIGN | RelationKind.PROPORTIONAL:
            return LinkRole(Role.ASSUMPTION)
        case RelationKind.OTHER:
            return LinkRole(Role.UNDECIDED)
        case RelationKind.LESS | RelationKind.LESS_EQUAL | RelationKind.GREATER | RelationKind.GREATER_EQUAL:
            return LinkRole(Role.UNDECIDED)
        case RelationKind.APPROX:
            return LinkRole(Role.ASSUMPTION if not _numeric(left.node) else Role.CLAIM)
        case _:
            pass
    if chain.connective is Connective.CONDITION:
        return LinkRole(Role.ASSUMPTION)
    if isinstance(right.node, tree.Empty) or isinstance(left.node, tree.Empty):
        return LinkRole(Role.UNDECIDED)
    if is_asymptotic(left.node) or is_asymptotic(right.node):
        expansion = is_expansion(left.node, right.node)
        return LinkRole(Role.CLAIM, Role.ASSUMPTION) if expansion else LinkRole(Role.ASSUMPTION)
    if kind is RelationKind.NOT_EQUAL:
        return LinkRole(Role.CLAIM, Role.ASSUMPTION)
    if _picks_one(left.node, right.node) or _picks_one(right.node, left.node):
        return LinkRole(Role.ASSUMPTION)
    if _among_symbols_of_one_value(chain, link):
        return LinkRole(Role.ASSUMPTION)
    if link == 0 and _names_a_start(left.node, right.node):
        return LinkRole(Role.DEFINITION)
    if _encodes(left.node, right.node) or _gives_values(left.node, right.node, known):
        return LinkRole(Role.ASSUMPTION)
    if link == 0 and _steps(left.node, right.node):
        return LinkRole(Role.CLAIM, restates=True)
    head, value = solved(left.node, right.node)
    key, parameters = target(head)
    if inverse_of(left.node) is not None and key is not None and known.declared(key):
        head, value, key = left.node, right.node, None  # an equation about the inverse of what is known
    if (known.has(Convention.EINSTEIN) and _is_contraction(head)) or _is_extreme_value(head):
        key = None
    own = known.definition(known.alias(key)) if key is not None else None
    if link == 0 and own is not None and own.item == known.at.item and own.left == head:
        return LinkRole(Role.DEFINITION)
    jacobian = jacobians.subscripted(known, left.node.items[0]) if isinstance(left.node, tree.Juxt) else None
    if link == 0 and jacobian is not None:
        given = known.definition(known.alias(symbol_key(jacobian[1]) or "")) is not None
        return LinkRole(Role.CLAIM, None if given else Role.DEFINITION)
    if key is not None and _is_partial(left.node, known):
        return LinkRole(Role.CLAIM)
    if key is not None and (_is_pseudo_inverse(left.node) or _is_transpose(left.node, known)):
        return LinkRole(Role.CLAIM)
    if key is not None and _UPDATE_STEP.search(left.latex.strip()) and not known.definition(key):
        told = known.by_members(base_key(left.node) or "")
        if base_key(left.node) in _bases(right.node) and (told is None or told.item == known.at.item):
            return LinkRole(Role.ASSUMPTION)
        return LinkRole(Role.CLAIM, Role.ASSUMPTION)
    if link == 0 and key is not None and (lists_members(key, right.node) or _names_arguments(key, right.node)):
        return LinkRole(Role.DEFINITION)
    if link == 0 and key is not None and random & {symbol_key(n) for n in subtrees(right.node)}:
        return LinkRole(Role.ASSUMPTION)
    if link == 0 and key is not None and not parameters and _MODEL.search(prose) and has_noise(right.node):
        return LinkRole(Role.ASSUMPTION)
    assuming = is_assuming(prose) or (key is not None and _UPDATING.search(prose) is not None)
    if link == 0 and key is not None and assuming and known.shape(known.alias(key)) is not None:
        return LinkRole(Role.CLAIM, Role.ASSUMPTION)
    if link == 0 and flows.is_derived(left.node, known):
        return LinkRole(Role.CLAIM)
    if link == 0 and flows.spelled_out(left.node, right.node, known):
        return LinkRole(Role.CLAIM, Role.DEFINITION)
    if link == 0 and flows.has_moving_parts(left.node, known):
        return LinkRole(Role.CLAIM)
    if link == 0 and key is not None and _defines(head, value, known, kind):
        before = known.ended_definition(key) if not known.declared(key) else None
        again = before is not None and before.right != value
        return LinkRole(Role.CLAIM, restates=True) if again else LinkRole(Role.DEFINITION)
    hinted, partial = _HINTING.search(prose) is not None, _PARTIAL.search(prose) is not None
    conditional = _CONDITIONAL.search(prose) is not None
    another = link == 0 and key is not None and gives_another_value(chain, prose)
    weak = Role.ASSUMPTION if assuming else None
    return LinkRole(Role.CLAIM, weak, hinted, partial, conditional=conditional, another=another)


def relation_of(chain: Chain, link: int) -> RelationKind:
    """The relation of a link. `Z ≈ 377 Ω = 120π Ω`: what a rounded number is equal to, it equals up to rounding."""
    kind = chain.relations[link].kind
    after = link > 0 and chain.relations[link - 1].kind is RelationKind.APPROX
    if not after or kind is not RelationKind.EQUAL:
        return kind
    left, right = ([*subtrees(m.node)] for m in chain.members[link : link + 2])
    digits = any(isinstance(n, tree.Num) and len(n.text) > 1 for n in left)
    units = {n for n in left if isinstance(n, tree.Sym)}
    rounded = digits and isinstance(left[0], tree.Num | tree.Juxt) and len(units) <= 1 and units <= {*right}
    return RelationKind.APPROX if rounded else kind


def _is_extreme_value(node: tree.Node) -> bool:
    """`λ_max(A)`: what it means is known."""
    return isinstance(node, tree.Juxt) and extremes.operator_of(node.items[0]) is not None


def _is_contraction(node: tree.Node) -> bool:
    """`σ_kk`: a sum, no symbol that could be given a value."""
    match node:
        case tree.Script(sub=tree.Juxt(items=items)):
            return len(set(items)) < len(items)
        case _:
            return False


def _picks_one(extreme: tree.Node, one: tree.Node) -> bool:
    """`min(a, b, c) = c`: which of them it is, is a case."""
    match extreme:
        case tree.Juxt(items=(tree.Name(text="min" | "max"), tree.Fence(body=tree.Sequence(items=items)))):
            return one in items
        case _:
            return False


def _among_symbols_of_one_value(chain: Chain, link: int) -> bool:
    """`v_1 = v_2 = v_3 = 0`: all of them get this value."""
    *symbols, value = (member.node for member in chain.members)
    bare = all(isinstance(n, tree.Script | tree.Sym) and symbol_key(n) is not None for n in symbols)
    return bare and len(symbols) > 1 and isinstance(value, tree.Num) and link + 2 < len(chain.members)


def _names_a_start(left: tree.Node, right: tree.Node) -> bool:
    """`S_i^0 = 0.01`: a label, of where something starts. `x^0 = 1` and `A^0 = I` are powers."""
    match left:
        case tree.Script(base=tree.Sym() | tree.Accent() | tree.Fence(), sub=sub, sup=tree.Num(text="0")):
            units = (tree.Num("1"), tree.Sym("I"))
            return sub is not None or not any(n in units for n in subtrees(right))
        case _:
            return False


def _encodes(left: tree.Node, right: tree.Node) -> bool:
    """`2 ≡ (0, 1, 0)`: a code for a number."""
    return isinstance(left, tree.Num) and isinstance(right, tree.Fence) and isinstance(right.body, tree.Sequence)


def _steps(left: tree.Node, right: tree.Node) -> bool:
    """`u^{k+1} = 2u^k + 3`: a step of an iteration that is counted above, unless it holds of powers."""
    match left:
        case tree.Script(sup=tree.Add(terms=(tree.Sym(name=name) as letter, tree.Num()))) if name in _COUNTERS:
            counted = [n.sup for n in subtrees(right) if isinstance(n, tree.Script)]
            return any(sup is not None and letter in subtrees(sup) for sup in counted)
        case _:
            return False


_COUNTERS = frozenset("ijklmnpqrst")


def _gives_values(left: tree.Node, right: tree.Node, known: Known) -> bool:
    """`z(0) = 1`, `x(0) = y(0)`: values of functions of which nothing else is said here."""
    calls = (_called_at(left, known), _called_at(right, known))
    return all(calls) or (any(calls) and (_numeric(left) or _numeric(right)))


def _called_at(node: tree.Node, known: Known) -> bool:
    """f(0) of a small or capital letter without a definition."""
    match node:
        case tree.Juxt(items=(head, tree.Fence(open="(", body=tree.Num()))):
            key = symbol_key(head) if isinstance(head, tree.Sym | tree.Script) else None
            names = [k for k in (key, base_key(head), (key or "").rstrip("'")) if k]
            said = (known.definition(known.alias(k)) or known.shape(k) or known.shape(f"{k}_·") for k in names)
            return key is not None and not any(said)
        case _:
            return False


def is_recursion(left: Member, right: Member) -> bool:
    """`x_{k+1} = f(x_k)`: the next value of something, by values before it."""
    key, _ = target(left.node)
    values = {symbol_key(n) for n in subtrees(right.node) if isinstance(n, tree.Script)}
    if key is None or key in values or not _UPDATE_STEP.search(left.latex.strip()):
        return False
    return base_key(left.node) in _bases(right.node)


def _names_arguments(key: str, right: tree.Node) -> bool:
    """`L = L(a)`: only says what L depends on."""
    called, arguments = target(right)
    return called == key and bool(arguments)


def lists_members(key: str, right: tree.Node) -> bool:
    """`y = (y_1, …, y_n)`: only names the entries."""
    core = right.base if isinstance(right, tree.Script) and right.sub is None else right
    if not isinstance(core, tree.Fence) or not isinstance(core.body, tree.Sequence):
        return False
    items = core.body.items
    letter = plain(key).split("_")[0]
    members = [i for i in items if isinstance(i, tree.Script) and i.sub is not None]
    dotted = any(isinstance(i, tree.Dots) for i in items)
    return dotted and bool(members) and all(plain(symbol_key(m.base) or "") == letter for m in members)


def _is_transpose(node: tree.Node, known: Known) -> bool:
    """A' or A^* where the text says that the mark is a transpose."""
    match node:
        case tree.Script(primes=1, sup=None):
            return known.has(Convention.PRIME_TRANSPOSE)
        case tree.Script(primes=0, sup=tree.Sym(name="*" | "\\ast" | "\\star")):
            return known.has(Convention.STAR_ADJOINT)
        case _:
            return False


def _is_partial(node: tree.Node, known: Known) -> bool:
    """f_x or f_x(x, y) after f(x, y) = …"""
    head = node.items[0] if isinstance(node, tree.Juxt) else node
    return partials.partial(known, head) is not None


def _is_pseudo_inverse(node: tree.Node) -> bool:
    """`X^+` of a capital: not the next value of X."""
    match node:
        case tree.Script(base=tree.Sym(name=name), sup=tree.Sym(name="+")):
            return name[:1].isupper() or (name.startswith("\\") and name[1:2].isupper())
        case _:
            return False


def _has_a_word_below(node: tree.Node) -> bool:
    """`J_{\\mathrm{short}}` is another thing than J, where `I_n` is the identity I."""
    return isinstance(node, tree.Script) and isinstance(node.sub, tree.Words | tree.Name)


def _defines(head: tree.Node, right: tree.Node, known: Known, kind: RelationKind) -> bool:
    """A bare undefined symbol (or application) alone on the left, not mentioned on the right."""
    key, parameters = target(head)
    if key is None:
        return False
    alias = known.alias(key)
    stated = known.definition(alias) or known.definition(key)
    if stated is not None and not _of_others(parameters, stated):
        return not stated.marked and is_value(stated.right) and is_value(right)  # another example
    base = alias.split("_")[0]
    if "'" in key and (known.definition(key.rstrip("'")) is not None or known.function(key.rstrip("'")) is not None):
        return False
    meaning = known.meaning(alias)
    if meaning is None and not _has_a_word_below(head):
        meaning = known.meaning(base) or known.special(base)
    if meaning is not None and meaning.word in (
        "commutation",
        "identity",
        "zero",
        "ones",
        "duplication",
        "elimination",
        "cofactor",
        "adjugate",
        "minor",
    ):
        return False
    if known.is_dimension(key) and not parameters:
        return False
    if parameters and known.function(alias) is not None and kind is not RelationKind.EQUIV:
        return True
    if _made_of_blocks(key, right, known):
        return True
    if _is_moment_told(key, right, known):
        return False
    meanings = (known.definition(k) for k in _mentioned(right) if k != key)
    circular = any(key in _mentioned(d.right) for d in meanings if d is not None)
    return not circular and key not in _mentioned(right)


def _of_others(parameters: tuple[str, ...], stated: DefinitionFact) -> bool:
    """ℓ(μ, v) after ℓ(θ) = …: another function, its values are no values of that one."""
    before = target(stated.left)[1]
    return bool(parameters and before) and len(parameters) != len(before)


def _is_moment_told(key: str, right: tree.Node, known: Known) -> bool:
    """Σ of Σ = E[(x − μ)(x − μ)ᵀ] where the text says that Σ is the covariance of x: it has that meaning already."""
    laws = (known.at.law_of(k) for n in subtrees(right) if (k := symbol_key(n)) is not None)
    given = (m for law in laws if law is not None for m in (law.mean, law.covariance, law.square) if m is not None)
    return any(symbol_key(m) == key for m in given)


def is_value(node: tree.Node) -> bool:
    """A matrix or a number written out."""
    return not any(isinstance(n, tree.Sym) for n in subtrees(node))


def _mentioned(right: tree.Node) -> frozenset[str]:
    """The symbols of a side: S_1 and S' are others than S, entries x_i speak of x."""
    found: set[str] = set()
    stack = [right]
    while stack:
        node = stack.pop()
        key = symbol_key(node)
        if key is not None:
            found.add(key)
        match node:
            case tree.Script(base=base, sub=sub, primes=primes) if key and (primes or _is_name(sub)):
                stack.extend(c for c in children(node) if c is not base)
            case _:
                stack.extend(children(node))
    return frozenset(found)


def _made_of_blocks(key: str, right: tree.Node, known: Known) -> bool:
    """Σ = ((Σ_aa, Σ_ab), (Σ_ba, Σ_bb)): its blocks are no mention of it."""
    labels = known.usage.labels
    blocks = [n for n in subtrees(right) if isinstance(n, tree.Script) and symbol_key(n.base) == key]
    named = [n for n in blocks if n.sub is not None and _letters(n.sub) and _letters(n.sub) <= labels]
    bare = sum(symbol_key(n) == key for n in subtrees(right))
    return bool(named) and len(named) == bare


def _letters(sub: tree.Node) -> frozenset[str]:
    return frozenset(n.name for n in subtrees(sub) if isinstance(n, tree.Sym))


def _bases(node: tree.Node) -> frozenset[str]:
    return frozenset(k for n in subtrees(node) if (k := base_key(n)) is not None)


def _numeric(node: tree.Node) -> bool:
    """Made of numbers and constants only."""
    return all(not isinstance(n, tree.Sym) or n.name in ("\\pi", "e") for n in subtrees(node))


def _is_name(sub: tree.Node | None) -> bool:
    """A subscript that is no index: 1, max, ⊥."""
    sign = isinstance(sub, tree.Sym) and sub.name in ("\\perp", "\\parallel", "\\infty", "*", "+", "-", "\\star")
    return sign or isinstance(sub, tree.Num | tree.Name | tree.Words)
