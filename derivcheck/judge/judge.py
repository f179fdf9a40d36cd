"""One link → its outcome: role, readings, evidence, gate, repair."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from derivcheck.context.layouts import defined_layout
from derivcheck.diagnose.model import Diagnosis, Limits
from derivcheck.documents.model import Macro
from derivcheck.judge.gate import doubt
from derivcheck.judge.layouts import fitting
from derivcheck.judge.outcome import Outcome, Remark
from derivcheck.judge.roles import LinkRole, Role
from derivcheck.judge.settle import Question, Settled, Tried, clashing, settle, vanishing
from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_key
from derivcheck.notation.walk import subtrees
from derivcheck.readings.definitions import target
from derivcheck.readings.known import Known
from derivcheck.readings.layouts import declaration
from derivcheck.statements.model import RelationKind
from derivcheck.terms.dim import SCALAR
from derivcheck.terms.term import Apply, Call, Claim, Derivative, Differential, Fold, Integral, Number, Term, Variable
from derivcheck.terms.walk import subterms
from derivcheck.verdict import Verdict
from derivcheck.verify.decide import decide
from derivcheck.verify.evidence import Agreed, Undecided

if TYPE_CHECKING:
    from derivcheck.diagnose.hypotheses import Hypothesis

Prover = Callable[[Settled], str]


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What surrounds a link: its role, whether an earlier equation of the display is a condition, the block text."""

    role: LinkRole
    after_condition: bool
    text: str
    macros: Mapping[str, Macro] = field(default_factory=dict)
    suspect: str = ""  # the side that the link before speaks against


def judge(question: Question, around: Circumstances, prover: Prover) -> Outcome:
    """The outcome of a link."""
    match around.role.role:
        case Role.DEFINITION:
            return Outcome(Verdict.DEFINITION, Role.DEFINITION)
        case Role.ASSUMPTION:
            return Outcome(Verdict.ASSUMPTION, Role.ASSUMPTION)
        case Role.UNDECIDED:
            if question.relation in (RelationKind.OTHER,):
                return Outcome(Verdict.ASSUMPTION, Role.UNDECIDED)
            return Outcome(Verdict.UNKNOWN, Role.UNDECIDED, "relation not decided")
        case Role.CLAIM:
            return _claim(question, around, prover)


def _claim(question: Question, around: Circumstances, prover: Prover) -> Outcome:
    settled = settle(question)
    if settled.agreed and settled.best.reading.claim is not None and vanishing(settled.best.reading.claim):
        return Outcome(Verdict.UNKNOWN, Role.CLAIM, "hypothesis not used", "both sides are zero", settled, suspect=True)
    claim = settled.best.reading.claim
    if settled.agreed and claim is not None and _sets_to_zero(claim, question.known):
        return Outcome(Verdict.ASSUMPTION, Role.ASSUMPTION, settled=settled)
    if settled.agreed and _only_rounded(question, settled):
        return Outcome(Verdict.ASSUMPTION, Role.ASSUMPTION, detail="equal up to rounding", settled=settled)
    if settled.agreed:
        proof = prover(settled)
        verdict = Verdict.PROVED if proof else Verdict.VERIFIED
        return Outcome(verdict, Role.CLAIM, settled=settled, proof=proof, fit=fitting(question, settled))
    if defined_layout(*question.nodes) is not None:
        return Outcome(Verdict.DEFINITION, Role.DEFINITION, settled=settled, suspect=settled.elsewhere is not None)
    if settled.elsewhere is not None and not settled.best.reading.weakened:
        return _other_layout(question, around, settled, settled.elsewhere)
    if settled.refuted:
        return _refuted(question, around, settled)
    if settled.ill_shaped:
        return _ill_shaped(question, around, settled)
    evidence = settled.best.evidence
    if isinstance(evidence, Undecided):
        return Outcome(Verdict.UNKNOWN, Role.CLAIM, evidence.reason.value, evidence.detail, settled)
    failure = settled.failure
    reason = (
        "unshaped symbol"
        if failure is not None and failure.clash
        else failure.reason
        if failure is not None
        else "unparsed"
    )
    return Outcome(Verdict.UNKNOWN, Role.CLAIM, reason, failure.detail if failure is not None else "", settled)


def _other_layout(question: Question, around: Circumstances, settled: Settled, elsewhere: Tried) -> Outcome:
    """A finding: it holds in a layout that the text excludes. The repair is one within the layout declared."""
    laid = elsewhere.reading.laid
    allowed, actual = settled.tried[0].reading.choice.layout, elsewhere.reading.choice.layout
    decisive = [kind for kind in laid if not allowed.agrees(actual, (kind,))]
    declared = declaration(question.known, decisive)
    notes = (Remark("the text declares otherwise", declared.span),) if declared is not None else ()
    message = f"holds only where {actual.spoken(decisive)}"
    found = _diagnosed(question, settled, around.text, Limits(macros=around.macros, suspect=around.suspect))
    diagnosis = replace(found or Diagnosis("DC301", ""), rule="DC301", message=message)
    verdict = Verdict.REFUTED if settled.refuted else Verdict.ILL_SHAPED
    return Outcome(verdict, Role.CLAIM, settled=settled, diagnosis=diagnosis, notes=notes)


def _before_a_letter(question: Question) -> bool:
    """An italic d right before a letter or a bracket."""
    sides = [n for root in question.nodes for n in subtrees(root) if isinstance(n, tree.Juxt)]
    return any(
        a == tree.Sym("d") and isinstance(b, tree.Sym | tree.Script | tree.Fence | tree.Accent)
        for n in sides
        for a, b in pairwise(n.items)
    )


def _redefines(question: Question) -> bool:
    """A bare symbol alone on the left that was given a value before without a mark: it gets another one."""
    key, _ = target(question.lhs)
    definition = question.known.definition(question.known.alias(key)) if key is not None else None
    return definition is not None and not definition.marked


def _opposite(claim: Claim) -> bool:
    """The symbol gets the opposite of its value: what was maximised is minimised from here on."""
    negated = Apply("negate", (claim.rhs,), shape=claim.rhs.shape)
    return claim.relation == "=" and isinstance(decide(replace(claim, rhs=negated)), Agreed)


def _function_equation(claim: Claim, known: Known) -> bool:
    """f(−x) = −f(x): an equation for an unspecified function, no identity; or S(m), where S may be one."""
    terms = [t for side in (claim.lhs, claim.rhs) for t in subterms(side)]
    bare = {t.key for t in terms if isinstance(t, Variable)}
    if any(isinstance(t, Call) and t.key in bare for t in terms):
        return True  # ∂f/∂c beside f(y, c): of which argument was not read
    if any(isinstance(t, Derivative | Differential) for t in terms):
        return False
    if any(isinstance(t, Call) for t in terms):
        return True
    applied = [
        k for k in claim.symbols if any(h.startswith("of ") for h in known.usage.of(k)) and not known.declared(k)
    ]
    return any(not known.usage.of(k) & {"matrix", "nonscalar", "vector"} for k in applied)


def _to_solve(claim: Claim, known: Known) -> bool:
    """An equation in a single undeclared scalar, without derivative or sum: x² + x = 1."""
    terms = [t for side in (claim.lhs, claim.rhs) for t in subterms(side)]
    if any(isinstance(t, Derivative | Integral | Fold | Apply) and not _is_arithmetic(t) for t in terms):
        return False
    free = [k for k, s in claim.symbols.items() if s.definition is None]
    return len(free) == 1 and claim.symbols[free[0]].shape == SCALAR and not known.declared(free[0])


_ARITHMETIC = frozenset({"add", "negate", "scale", "divide", "power", "power_scalar", "sqrt", "abs"})


def _is_arithmetic(term: Term) -> bool:
    return isinstance(term, Apply) and term.operator in _ARITHMETIC


def _missing(question: Question, settled: Settled) -> Hypothesis | None:
    from derivcheck.diagnose.hypotheses import missing_hypothesis

    try:
        return missing_hypothesis(question, settled)
    except (ArithmeticError, LookupError, ValueError):
        return None


def _true_if(question: Question, settled: Settled) -> tuple[Remark, ...]:
    """What a law taken for granted rests on: AB = BA, A symmetric."""
    missing = _missing(question, settled)
    return () if missing is None else (Remark(missing.message),)


def _only_rounded(question: Question, settled: Settled) -> bool:
    """`1/3 = 0.333`: a rounded value is no identity."""
    claim = settled.best.reading.claim
    if claim is None or claim.relation != "approx" or question.relation is RelationKind.APPROX:
        return False
    return not isinstance(decide(replace(claim, relation="=")), Agreed)


def _holds_for_numbers(question: Question, settled: Settled) -> bool:
    """Whether capitals of which nothing is known stand under f' and the claim holds where they are numbers."""
    reading = settled.best.reading
    assert reading.claim is not None
    terms = [t for side in (reading.claim.lhs, reading.claim.rhs) for t in subterms(side)]
    if not any(isinstance(t, Call) and t.elementwise and t.order for t in terms):
        return False
    kinds = tuple((key, "scalar") for key, _ in reading.conventional)
    claim = question.read(replace(reading.choice, kinds=kinds)).claim if kinds else None
    return claim is not None and isinstance(decide(claim), Agreed)


def _refuted(question: Question, around: Circumstances, settled: Settled) -> Outcome:
    claim = settled.best.reading.claim
    assert claim is not None
    if settled.best.reading.weakened:
        return Outcome(
            Verdict.UNKNOWN, Role.CLAIM, "definition unread", settled.best.reading.weakened, settled, suspect=True
        )
    concern = doubt(claim, question.known)
    if _is_condition(claim):
        return Outcome(Verdict.ASSUMPTION, Role.ASSUMPTION, settled=settled, suspect=True)
    if "d" in claim.symbols and not question.known.declared("d") and _before_a_letter(question):
        return Outcome(Verdict.UNKNOWN, Role.CLAIM, "ambiguous", "`d` may be a differential", settled, suspect=True)
    if _holds_for_numbers(question, settled):
        return Outcome(Verdict.UNKNOWN, Role.CLAIM, "unshaped symbol", "it holds for numbers", settled, suspect=True)
    # `y = xW` after `y = Wx`, where x must become a matrix for both: another case
    if _redefines(question) and (settled.best.reading.choice.kinds or _opposite(claim)):
        return Outcome(Verdict.DEFINITION, Role.DEFINITION, settled=settled, suspect=True)
    one_sided = bool(concern.one_sided)
    hinted = around.role.hinted and not _rests_on_definition(claim)
    condition = around.role.weak is not None or around.after_condition or settled.forced or hinted
    strict = not concern.none or condition
    limits = Limits(
        structural_only=one_sided,
        renames=not concern.tainted and not condition,
        pairs=not strict,
        macros=around.macros,
        suspect=around.suspect,
    )
    diagnosis = _diagnosed(question, settled, around.text, limits)
    if diagnosis is not None and diagnosis.repair is not None and not (around.role.weak is not None and one_sided):
        notes = _true_if(question, settled) if diagnosis.repair.kind == "symmetry" else ()
        return Outcome(Verdict.REFUTED, Role.CLAIM, settled=settled, diagnosis=diagnosis, notes=notes)
    if _redefines(question):
        return Outcome(Verdict.DEFINITION, Role.DEFINITION, settled=settled, suspect=True)
    if _function_equation(claim, question.known):
        return Outcome(Verdict.UNKNOWN, Role.CLAIM, "undefined function", "", settled, suspect=True)
    if _to_solve(claim, question.known):
        return Outcome(Verdict.ASSUMPTION, Role.ASSUMPTION, settled=settled, suspect=True)
    missing = _missing(question, settled)
    if missing is not None and (missing.stated or not all(question.known.declared(k) for k in missing.keys)):
        return Outcome(Verdict.UNKNOWN, Role.CLAIM, "hypothesis not used", missing.message, settled, suspect=True)
    if missing is not None and not strict:
        return Outcome(Verdict.REFUTED, Role.CLAIM, settled=settled, diagnosis=Diagnosis(missing.rule, missing.message))
    if not strict:
        return Outcome(
            Verdict.REFUTED, Role.CLAIM, settled=settled, diagnosis=Diagnosis("DC101", "the two sides differ")
        )
    if around.role.weak is not None or (concern.one_sided and not concern.tainted and not around.after_condition):
        detail = missing.message if missing is not None else ""
        return Outcome(Verdict.ASSUMPTION, Role.ASSUMPTION, detail=detail, settled=settled, suspect=True)
    detail = ", ".join(concern.tainted or concern.one_sided)
    return Outcome(Verdict.UNKNOWN, Role.CLAIM, "hypothesis not used", detail, settled, suspect=True)


def _guesses(question: Question) -> bool:
    """Whether a clash may come from a guess: by which variable ∇ differentiates, or whether λ_i(A) is a product."""
    return _guesses_variable(question) or _may_apply(question)


def _lists_members(question: Question) -> bool:
    """A matrix written with dots: it may well be what says which a_1, …, a_n are meant."""
    grids = (n for root in question.nodes for n in subtrees(root) if isinstance(n, tree.Grid))
    return any(isinstance(cell, tree.Dots) for grid in grids for row in grid.rows for cell in row)


def _may_apply(question: Question) -> bool:
    """An undeclared letter right before a bracket that holds a single symbol."""
    for node in (n for root in question.nodes for n in subtrees(root) if isinstance(n, tree.Juxt)):
        for head, following in pairwise(node.items):
            if not isinstance(head, tree.Sym | tree.Script) or not isinstance(following, tree.Fence):
                continue
            base = head.base if isinstance(head, tree.Script) else head
            keys = [k for k in (symbol_key(head), symbol_key(base)) if k is not None]
            single = symbol_key(following.body) is not None
            if single and keys and not any(question.known.declared(k) for k in keys):
                return True
    return False


def _guesses_variable(question: Question) -> bool:
    """∇ without a subscript: by which variable was a guess."""
    nodes = [n for root in question.nodes for n in subtrees(root)]
    subscripted = [n.base for n in nodes if isinstance(n, tree.Script) and n.sub is not None]
    return sum(n == _NABLA for n in nodes) > sum(n == _NABLA for n in subscripted)


_NABLA = tree.Sym("\\nabla")
_FEW = 2  # symbols whose other kinds were all tried


def _shapes_settled(settled: Settled) -> bool:
    """Whether every symbol is declared, or is a Greek scalar that no other kind would help."""
    conventional = settled.tried[0].reading.conventional
    if not conventional:
        return True
    scalars = all(kind == "scalar" and key.startswith("\\") and "_" not in key for key, kind in conventional)
    flipped = [t.reading for t in settled.tried if t.reading.choice.kinds]
    return scalars and len(conventional) <= _FEW and all(r.clashes for r in flipped)


def _diagnosed(question: Question, settled: Settled, text: str, limits: Limits) -> Diagnosis | None:
    """The repair, if the search ends well: a search that fails must not swallow what was refuted."""
    from derivcheck.diagnose.repair import diagnose  # loaded for what is false only

    try:
        return diagnose(question, settled, text, limits)
    except (ArithmeticError, LookupError, ValueError):
        return None


def _is_condition(claim: Claim) -> bool:
    """`∂f/∂x = 0`, `F(x, y) = 0` with an unspecified function: an equation to solve, whatever edit might satisfy it."""
    if not any(_is_zero(side) for side in (claim.lhs, claim.rhs)):
        return False
    unspecified = any(s.depends for s in claim.symbols.values())
    return unspecified or any(isinstance(t, Call) for side in (claim.lhs, claim.rhs) for t in subterms(side))


def _sets_to_zero(claim: Claim, known: Known) -> bool:
    """`∂Q(D)/∂μ = 0` where nothing says what Q is: it is set to zero, not free of μ."""
    if not any(_is_zero(side) for side in (claim.lhs, claim.rhs)):
        return False
    derivatives = [t for side in (claim.lhs, claim.rhs) for t in subterms(side) if isinstance(t, Derivative)]
    names = [{t.key for t in subterms(d.operand) if isinstance(t, Variable)} for d in derivatives]
    varied = {t.key for d in derivatives for t in subterms(d.variable) if isinstance(t, Variable)}
    return bool(names) and all(n and not n & varied and not any(map(known.declared, n)) for n in names)


def _is_zero(term: Term) -> bool:
    match term:
        case Number(value=value):
            return value == 0
        case Apply(operator="zeros"):
            return True
        case Apply(operator="transpose" | "negate", args=(inner,)):
            return _is_zero(inner)
        case _:
            return False


def _rests_on_definition(claim: Claim) -> bool:
    """Whether a defined symbol occurs: then the link says something about what was defined, words nearby or not."""
    return any(s.definition is not None for s in claim.symbols.values())


def _gives_another_value(question: Question) -> bool:
    """`R = [1 0; 0 1]` where R was a number before: an example has values of its own."""
    key, _ = target(question.lhs)
    definition = question.known.definition(question.known.alias(key)) if key is not None else None
    return definition is not None and _closed(definition.right) and _closed(question.rhs)


def _closed(node: tree.Node) -> bool:
    return not any(isinstance(n, tree.Sym) for n in subtrees(node))


def _ill_shaped(question: Question, around: Circumstances, settled: Settled) -> Outcome:
    """A finding when every symbol has a shape by declaration, or when a single edit repairs it."""
    if _gives_another_value(question):
        return Outcome(Verdict.DEFINITION, Role.DEFINITION, settled=settled, suspect=True)
    conventional = settled.tried[0].reading.conventional
    sure = not conventional
    limits = Limits(structural_only=not sure, pairs=sure, macros=around.macros, suspect=around.suspect)
    diagnosis = _diagnosed(question, settled, around.text, limits)
    failure = settled.tried[0].reading.failure
    detail = failure.detail if failure is not None else ""
    if _lists_members(question):
        return Outcome(Verdict.UNKNOWN, Role.CLAIM, "unshaped symbol", detail, settled)
    tainted = [k for k, _ in conventional if question.known.taint(k) is not None]
    if around.role.weak is None and not around.after_condition:
        if diagnosis is not None and diagnosis.repair is not None:
            return Outcome(
                Verdict.ILL_SHAPED,
                Role.CLAIM,
                None,
                detail,
                settled,
                replace(diagnosis, rule="DC201" if diagnosis.rule == "DC101" else diagnosis.rule),
            )
        if not tainted and _shapes_settled(settled) and not _guesses(question):
            from derivcheck.diagnose.equal_sizes import missing_squareness  # loaded for what clashes only

            equal = missing_squareness(question, settled)
            said = f"{detail}; it would hold for ${equal}$" if equal else detail
            return Outcome(Verdict.ILL_SHAPED, Role.CLAIM, None, detail, settled, Diagnosis("DC201", said))
    return Outcome(Verdict.UNKNOWN, Role.CLAIM, "unshaped symbol", detail, settled, suspect=True)


def ill_shaped_definition(question: Question) -> Outcome | None:
    """A finding where a definition has no meaning: every symbol of its right side has a shape, and the shapes clash.

    A list or a matrix written out may stand for an example, where n is 2."""
    if any(isinstance(n, tree.Grid | tree.Sequence) for n in subtrees(question.rhs)):
        return None
    if _guesses(replace(question, lhs=question.rhs)):
        return None
    settled = clashing(question)
    if settled is None or not {k for k, _ in settled.tried[0].reading.conventional} <= {target(question.lhs)[0]}:
        return None
    failure = settled.tried[0].reading.failure
    detail = failure.detail if failure is not None else ""
    return Outcome(Verdict.ILL_SHAPED, Role.CLAIM, None, detail, settled, Diagnosis("DC201", detail))
