"""What has no meaning under any reading: a finding, where the shapes that clash are no guess."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import TypeGuard

from derivcheck.diagnose.model import Diagnosis, Limits
from derivcheck.judge.circumstances import Circumstances, diagnosed
from derivcheck.judge.kinds import rows
from derivcheck.judge.one_word import hangs_on_a_word
from derivcheck.judge.outcome import Outcome
from derivcheck.judge.plain import has_asterisk
from derivcheck.judge.question import Question, Settled
from derivcheck.judge.roles import Role, is_value
from derivcheck.judge.settle import clashing, settle
from derivcheck.notation import tree
from derivcheck.notation.capitals import CAPITAL_INDICES
from derivcheck.notation.keys import symbol_key, symbol_keys
from derivcheck.notation.moments import VARIANCES
from derivcheck.notation.walk import rewrite, subtrees
from derivcheck.readings import jacobians
from derivcheck.readings.choices import has_derivative
from derivcheck.readings.definitions import target
from derivcheck.readings.shapes import ARGUMENT
from derivcheck.readings.symbols import may_name_another
from derivcheck.readings.usage import usage_of
from derivcheck.terms.dim import ONE
from derivcheck.verdict import Verdict
from derivcheck.verify.decide import passes
from derivcheck.verify.evidence import Undecidable, Undecided

_NABLA = tree.Sym("\\nabla")
_FEW = 2  # symbols whose other kinds were all tried


def ill_shaped(question: Question, around: Circumstances, settled: Settled) -> Outcome:
    """A finding when every symbol has a shape by declaration, or when a single edit repairs it. What may be assumed
    only is one when all shapes are declared and an edit that keeps the symbols makes an identity of it."""
    if _gives_another_value(question) or around.role.another:
        return Outcome(Verdict.DEFINITION, Role.DEFINITION, settled=settled, suspect=True)
    conventional = settled.tried[0].reading.conventional
    sure = not conventional
    perhaps_assumed = around.role.weak is not None or around.after_condition
    failure = settled.tried[0].reading.failure
    detail = failure.detail if failure is not None else ""
    if _lists_members(question) or _by_generic_entry(question) or made_of_numbers_here(question):
        return Outcome(Verdict.UNKNOWN, Role.CLAIM, "unshaped symbol", detail, settled)
    tainted = [k for k, _ in conventional if question.known.taint(k) is not None]
    given = around.role.weak is not Role.DEFINITION and target(question.lhs)[0] is not None
    if not perhaps_assumed or (sure and not given):
        limits = around.limits(structural_only=not sure or perhaps_assumed, pairs=sure and not perhaps_assumed)
        diagnosis = _diagnosed(question, settled, around, limits)
        if diagnosis is not None and diagnosis.repair is not None:
            return Outcome(
                Verdict.ILL_SHAPED,
                Role.CLAIM,
                None,
                detail,
                settled,
                replace(diagnosis, rule="DC201" if diagnosis.rule == "DC101" else diagnosis.rule),
            )
        if not perhaps_assumed and not tainted and _shapes_settled(question, settled) and not _guesses(question):
            if excuse := _excuse(question, settled):
                return Outcome(Verdict.UNKNOWN, Role.CLAIM, "unshaped symbol", excuse, settled)
            from derivcheck.diagnose.equal_sizes import missing_squareness  # loaded for what clashes only

            equal = missing_squareness(question, settled)
            said = f"{detail}; it would hold for ${equal}$" if equal else detail
            return Outcome(Verdict.ILL_SHAPED, Role.CLAIM, None, detail, settled, Diagnosis("DC201", said))
    return Outcome(Verdict.UNKNOWN, Role.CLAIM, "unshaped symbol", detail, settled, suspect=True)


def _diagnosed(question: Question, settled: Settled, around: Circumstances, limits: Limits) -> Diagnosis | None:
    """The repair, else that with the properties that earlier sections tell."""
    found = diagnosed(question, settled, around, limits)
    if found is None or found.repair is None:
        for t in settled.tried:
            if t.reading.choice.remembered and t.reading.clashes:
                return diagnosed(question, replace(settled, best=t, tried=(t,)), around, limits) or found
    return found


def _excuse(question: Question, settled: Settled) -> str:
    """Why what clashes may yet have a meaning; "" where nothing says so."""
    if _speaks_of_variances(question):
        return "a variance of a vector"
    if _declared_otherwise(question, settled):
        return "declared in two ways"
    if _is_a_law(question, settled):
        return "a law for other shapes"
    if (later := _declared_later(question)) is not None:
        return f"{later} declared later"
    if (stranger := of_another_occasion(question)) is not None:
        return f"{stranger} declared on another occasion"
    if any(isinstance(t.evidence, Undecided) for t in settled.tried):
        return "another reading is not decided"
    if any(map(has_asterisk, question.nodes)):
        return "what the asterisk stands for"
    if tree.Sym("\\pi") in question.nodes:
        return "what π is"  # a distribution or a permutation, hardly the number
    if _fits_as_rows(question, settled):
        return "vectors may be rows"
    if _made_of_complex_numbers(question):
        return "complex numbers"
    word = hangs_on_a_word(question)
    return f"what is said of {word} in words" if word is not None else ""


def _fits_as_rows(question: Question, settled: Settled) -> bool:
    """Whether it has a meaning where all members of ℝⁿ are rows: v A = v of those who write vectors so."""
    kinds = rows(question) if not has_derivative(question.nodes) else ()
    return bool(kinds) and not question.read(replace(settled.tried[0].reading.choice, kinds=kinds)).clashes


def _declared_later(question: Question) -> str | None:
    """A symbol that gets its size behind a display further on only: another example may have another one."""
    at = question.known.at
    following = next((item for item in sorted(at.view.displays) if item > at.item), None)
    facts = ((key, question.known.shape(key)) for key in sorted(symbol_keys(*question.nodes)))
    if following is None:
        return None
    return next((key for key, fact in facts if fact is not None and fact.item > following), None)


def of_another_occasion(question: Question) -> str | None:
    """A symbol of which a statement before an earlier display gave the sizes, none of which any other symbol here has:
    y of ℝᵐ, where an example went on to X of ℝ^{N×d} and Xᵀy."""
    known, displays = question.known, question.known.at.view.displays
    facts = {key: fact for key in symbol_keys(*question.nodes) if (fact := known.shape(key)) is not None}
    sizes = {key: {d for d in (fact.rows, fact.cols) if d.isalpha()} for key, fact in facts.items()}
    for key in sorted(k for k in sizes if sizes[k]):
        others = [facts[k].item for k in sizes if k != key and sizes[k]]
        alien = all(sizes[key].isdisjoint(sizes[k]) for k in sizes if k != key)
        if others and alien and any(facts[key].item < item < min(others) for item in displays):
            return key
    return None


def made_of_numbers_here(question: Question) -> bool:
    """Whether all that is declared is vectors of other sections: `y_t = a_t + c a_{t-1}` of a section with an example,
    in which they have one entry each, after a general model with y_t of ℝⁿ and a_t of ℝʳ."""
    known = question.known
    facts = {key: fact for key in symbol_keys(*question.nodes) if (fact := known.shape(key)) is not None}
    vectors = {key for key, fact in facts.items() if fact.is_column}
    elsewhere = all(fact.item < known.section for fact in facts.values())
    numbers = all(fact.is_column or fact.kind == "scalar" for fact in facts.values())
    sizes = {facts[key].rows for key in vectors}
    return elsewhere and numbers and len(sizes) > 1


def _made_of_complex_numbers(question: Question) -> bool:
    """Whether a symbol has a definition with the imaginary unit, which is read as (Re, Im)."""
    found = (question.known.definition(key) for key in sorted(symbol_keys(*question.nodes)))
    roots = [definition.right for definition in found if definition is not None]
    subs = [n.sub for root in roots for n in subtrees(root) if isinstance(n, tree.Script) and n.sub is not None]
    indices = {id(n) for sub in subs for n in subtrees(sub)}
    return any(symbol_key(n) in _UNITS and id(n) not in indices for root in roots for n in subtrees(root))


_UNITS = frozenset({"i", "rm:i", "rm:j", "\\imath"})


def _speaks_of_variances(question: Question) -> bool:
    """Var(x) of a vector may be the sum of the variances of its entries, or each of them."""
    names = (n for root in question.nodes for n in subtrees(root) if isinstance(n, tree.Name))
    return any(n.text in VARIANCES for n in names)


def _declared_otherwise(question: Question, settled: Settled) -> bool:
    """Whether the equation has a meaning where a letter that is declared in two ways is what it was first: a lemma that
    is quoted in passing has letters of its own."""
    keys = symbol_keys(*question.nodes)
    before = {key: fact for key in sorted(keys) if (fact := question.known.shape_before(key)) is not None}
    kinds = tuple((key, _KINDS.get(fact.kind, "matrix")) for key, fact in before.items())
    kinds = kinds or tuple(_as_arguments(question))
    if not kinds:
        return False
    reading = question.read(replace(settled.tried[0].reading.choice, kinds=kinds))
    return not reading.clashes or bool(reading.conventional)


def _as_arguments(question: Question) -> Iterator[tuple[str, str]]:
    """The kinds that the domains of functions give their arguments, where they were stated after the arguments were:
    X of F(X), with F: ℝ^{n×q} → ℝ^{m×p}."""
    products = (n.items for root in question.nodes for n in subtrees(root) if isinstance(n, tree.Juxt))
    for head, bracket in (pair for items in products for pair in pairwise(items)):
        called, arguments = target(tree.Juxt((head, bracket)))
        function = question.known.function(called) if called is not None and arguments else None
        domains = function.arg_shapes if function is not None else ()
        for key, (_, cols) in zip(arguments, domains, strict=False):
            fact = question.known.shape(key)
            if fact is not None and function is not None and fact.item < function.item:
                yield key, "column" if cols == "1" else "matrix"


def broken(question: Question, around: Circumstances, settled: Settled) -> Outcome | None:
    """A finding where what breaks the rules of its notation is one transpose, sign, factor, swap or index away from an
    identity."""
    failure = settled.tried[0].reading.failure
    if failure is None or not failure.broken:
        return None
    return _if_mended(question, around, settled, _MENDING, failure.detail)


def without_value(question: Question, around: Circumstances, settled: Settled) -> Outcome | None:
    """A finding where the sides have a value nowhere, `ln det(X Xᵀ)` of a tall X, and one transpose or swap is what an
    identity lacks."""
    evidence = settled.best.evidence
    if not isinstance(evidence, Undecided) or evidence.reason is not Undecidable.NO_VALID_POINTS:
        return None
    return _if_mended(question, around, settled, frozenset({"DC102", "DC104"}), "it has a value nowhere")


def _if_mended(
    question: Question, around: Circumstances, settled: Settled, rules: frozenset[str], said: str
) -> Outcome | None:
    if around.role.weak is not None or around.after_condition:
        return None
    diagnosis = diagnosed(question, settled, around, replace(around.limits(), rules=rules))
    if diagnosis is None or diagnosis.repair is None:
        return None
    return Outcome(Verdict.ILL_SHAPED, Role.CLAIM, None, said, settled, diagnosis)


_MENDING = frozenset({"DC102", "DC103", "DC104", "DC105", "DC106", "DC109"})


def _is_a_law(question: Question, settled: Settled) -> bool:
    """Whether the equation holds where its letters have shapes of their own, whatever the text declares: `vec(AXB) =
    (Bᵀ ⊗ A) vec X` is quoted with the usual letters beside matrices that do not fit. A law that needs them square is
    none: there the sizes are at fault."""
    known = question.known
    keys = symbol_keys(*question.nodes)
    shapes = {key: fact for key in keys if (fact := known.shape(key)) is not None}
    if len(shapes) < 2 or any(known.definition(key) is not None or known.function(key) is not None for key in keys):
        return False
    kinds = tuple((key, _KINDS.get(fact.kind, "matrix")) for key, fact in sorted(shapes.items()))
    claim = question.read(replace(settled.tried[0].reading.choice, kinds=kinds)).claim
    if claim is None or any(s.shape[0] == s.shape[1] != ONE for s in claim.symbols.values()):
        return False
    return passes(claim) is not None


_KINDS = {"scalar": "scalar", "column": "column", "vector": "column", "row": "row"}


def gives_an_example(question: Question) -> bool:
    """`F(X) = XᵀSX` after F: ℝ^{n×q} → ℝ^{m×p}: one of the functions that are meant, whose m and p are sizes of no
    symbol on the right side."""
    key, arguments = target(question.lhs)
    function = question.known.function(key) if key is not None and arguments else None
    if function is None:
        return False
    known = question.known
    facts = [f for k in (*symbol_keys(question.rhs), *arguments) if (f := known.shape(known.alias(k))) is not None]
    sizes = {d for f in facts for d in (f.rows, f.cols)} | {d for shape in function.arg_shapes for d in shape}
    return any(size.isalpha() and size not in sizes for size in (function.rows, function.cols))


def ill_shaped_definition(question: Question) -> Outcome | None:
    """A finding where a definition has no meaning: every symbol of its right side has a shape, and the shapes clash.

    A list or a matrix written out may stand for an example, where n is 2."""
    if gives_an_example(question) or has_asterisk(question.rhs):
        return None
    if any(isinstance(n, tree.Grid | tree.Sequence) for n in subtrees(question.rhs)):
        return None
    if _guesses(replace(question, lhs=question.rhs)) or made_of_numbers_here(question):
        return None
    if _made_of_complex_numbers(question):
        return None
    if may_name_another(question.known, question.lhs):
        question = replace(question, lhs=question.rhs)
    settled = clashing(question)
    if settled is None or not {k for k, _ in settled.tried[0].reading.conventional} <= {target(question.lhs)[0]}:
        return None
    failure = settled.tried[0].reading.failure
    detail = failure.detail if failure is not None else ""
    return Outcome(Verdict.ILL_SHAPED, Role.CLAIM, None, detail, settled, Diagnosis("DC201", detail))


def _shapes_settled(question: Question, settled: Settled) -> bool:
    """Whether every symbol is declared, is the argument of a declared function in the equation itself, or is a Greek
    scalar that no other kind would help."""
    first = settled.tried[0].reading
    fits = {key for key, _ in first.conventional if first.origins.get(key) == ARGUMENT}
    here = usage_of(question.nodes) if fits else None
    given = {key for key in fits if here is not None and any(h.startswith("argument ") for h in here.of(key))}
    conventional = [(key, kind) for key, kind in first.conventional if key not in given]
    if not conventional:
        return True
    scalars = all(kind == "scalar" and key.startswith("\\") and "_" not in key for key, kind in conventional)
    flipped = [t.reading for t in settled.tried if t.reading.choice.kinds]
    met = {key for key, _ in conventional}
    again = all(r.clashes and {key for key, _ in r.conventional} <= met for r in flipped)  # no further letter to flip
    return scalars and len(conventional) <= _FEW and again


def _guesses(question: Question) -> bool:
    """Whether a clash may come from a guess: by which variable ∇ differentiates, or whether λ_i(A) is a product."""
    return _guesses_variable(question) or _may_apply(question)


def _guesses_variable(question: Question) -> bool:
    """∇ without a subscript: by which variable was a guess, unless a declared function of one argument follows."""
    nodes = [n for root in question.nodes for n in subtrees(root)]
    told = [n.base for n in nodes if isinstance(n, tree.Script) and n.sub is not None]
    for head, following in (pair for n in nodes if isinstance(n, tree.Juxt) for pair in pairwise(n.items)):
        function = question.known.function(symbol_key(following) or "")
        if function is not None and len(function.arg_shapes) == 1:
            told.append(head)
    return sum(n == _NABLA for n in nodes) > sum(n == _NABLA for n in told)


def _may_apply(question: Question) -> bool:
    """An undeclared letter right before a bracket that holds a single symbol, here or elsewhere."""
    for node in (n for root in question.nodes for n in subtrees(root) if isinstance(n, tree.Juxt)):
        for head, following in pairwise(node.items):
            if jacobians.subscripted(question.known, head) is not None:
                continue
            bracket = following.base if isinstance(following, tree.Script) else following
            if not isinstance(head, tree.Sym | tree.Script) or not isinstance(bracket, tree.Fence):
                continue
            base = head.base if isinstance(head, tree.Script) else head
            keys = [k for k in (symbol_key(head), symbol_key(base)) if k is not None]
            called = any("called" in question.known.usage.of(k) for k in keys if k not in _SIGNS)
            single = symbol_key(bracket.body) is not None
            if (single or called) and keys and not any(question.known.declared(k) for k in keys):
                return True
    return False


_SIGNS = frozenset({"\\partial", "\\nabla", "\\delta", "d", "rm:d"})  # what they act on is no argument


def _lists_members(question: Question) -> bool:
    """A matrix written with dots: it may well be what says which a_1, …, a_n are meant."""
    grids = (n for root in question.nodes for n in subtrees(root) if isinstance(n, tree.Grid))
    return any(isinstance(cell, tree.Dots) for grid in grids for row in grid.rows for cell in row)


def _by_generic_entry(question: Question) -> bool:
    """`∂²f/∂x_k∂x_l = A_{kl} = A`: whether one side is the other by its entry, and both are the same as wholes."""
    indexed = [any(_is_entry(n) for n in subtrees(root)) for root in question.nodes]
    if indexed[0] == indexed[1]:
        return False
    lhs, rhs = (rewrite(root, lambda n: n.base if _is_entry(n) else None) for root in question.nodes)
    return settle(replace(question, lhs=lhs, rhs=rhs)).agreed


def _is_entry(node: tree.Node) -> TypeGuard[tree.Script]:
    """A_{kl} with letters that run."""
    match node:
        case tree.Script(base=tree.Sym(), sub=tree.Juxt(items=(tree.Sym(name=i), tree.Sym(name=j))), sup=None):
            return {i, j} <= _RUNNING
        case _:
            return False


_RUNNING = frozenset("ijklmnpqrst") | CAPITAL_INDICES


def _gives_another_value(question: Question) -> bool:
    """`R = [1 0; 0 1]` where R was a number before: an example has values of its own."""
    key, _ = target(question.lhs)
    definition = question.known.definition(question.known.alias(key)) if key is not None else None
    return definition is not None and is_value(definition.right) and is_value(question.rhs)
