"""Following a document: every display in order, what it defines and what is learned from it passed on."""

from __future__ import annotations

import time
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from derivcheck.context.facts import Convention, ConventionFact, DenialFact, Fact, HypothesisFact, TaintFact
from derivcheck.context.scopes import Outline, outline
from derivcheck.context.topics import topics_of
from derivcheck.context.view import ContextView
from derivcheck.documents.model import Heading, MathBlock
from derivcheck.judge.afterwards import Doubted, asked_again, doubted
from derivcheck.judge.bridges import bridged
from derivcheck.judge.circumstances import Circumstances
from derivcheck.judge.formula import formulas_of
from derivcheck.judge.gained import (
    blocks_told,
    constraints_made,
    definitions_made,
    equations_assumed,
    identifications_made,
    laws_told,
    parts_named,
    values_put_in,
)
from derivcheck.judge.generality import Generality
from derivcheck.judge.ill_shaped import ill_shaped_definition
from derivcheck.judge.implicit import derived
from derivcheck.judge.judge import Prover, judge
from derivcheck.judge.meaningless import meaningless
from derivcheck.judge.mixtures import with_mixtures
from derivcheck.judge.model import Course, Judged
from derivcheck.judge.origins import with_origins
from derivcheck.judge.outcome import Outcome
from derivcheck.judge.question import Question, Settled
from derivcheck.judge.redefined import gets_another_value
from derivcheck.judge.roles import LinkRole, Role, gives_another_value, relation_of, role_of
from derivcheck.judge.settle import kinds_asked, settle
from derivcheck.judge.solutions import Equation, held_against, leads_to_a_solution
from derivcheck.judge.support import with_support
from derivcheck.judge.surroundings import (
    Surroundings,
    cases_of,
    conditions_of,
    distributed_in,
    goes_on_from,
    ignored,
    implies,
    introduction,
)
from derivcheck.notation import tree
from derivcheck.readings.definitions import target
from derivcheck.readings.elaborator import Calculus
from derivcheck.readings.known import Known, Usage
from derivcheck.readings.summed import ends
from derivcheck.readings.usage import capitals, dimension_names, fractions, usage_of, values_given
from derivcheck.readings.variation import survey
from derivcheck.statements.model import Chain, Connective, Display, RelationKind
from derivcheck.verdict import Verdict
from derivcheck.verify.evidence import Agreed

_PROOF_SECONDS = 5.0
_NEAR_CHAINS = 12  # of a display, either way, that tell what depends on what
_NEAR_FORMULAS = 6  # of a display, either way, in which its letters mean the same
_ASSUMED = 8  # equations that a text may differentiate
_EQUATIONS = 4  # that a solution is held against


@dataclass(slots=True)
class _State:
    """What grows while the document is followed."""

    outline: Outline
    denied: frozenset[int]  # the displays that the text says are false
    learned: dict[str, str] = field(default_factory=dict)
    ended: tuple[int, tree.Node] | None = None  # the item of the last display, and its last member
    generality: Generality = field(default_factory=Generality)
    equations: list[Equation] = field(default_factory=list)  # the last that did not hold identically
    assumed: list[Equation] = field(default_factory=list)  # those of the section that it assumes
    usages: dict[int, Usage] = field(default_factory=dict)  # of symbols in one section, by its first item
    dimensions: dict[int, frozenset[str]] = field(default_factory=dict)  # the letters for sizes in one section
    doubted: list[Doubted] = field(default_factory=list)  # what may be a false claim or a condition
    revalued: set[str] = field(default_factory=set)  # symbols that this section has given another value

    def usage(self, course: Course, known: Known) -> Usage:
        """How the symbols are used in the section of an item."""
        section = self.outline.section(known.at.item)
        if section.first not in self.usages:
            here = [d for i, d in course.displays.items() if section.first <= i < section.last]
            trees = [m.node for d in here for c in d.chains for m in c.members]
            found = usage_of(trees, primes=known.has(Convention.PRIME_TRANSPOSE))
            self.usages[section.first] = replace(found, shown=known.usage.shown, ends=known.usage.ends)
        return self.usages[section.first]

    def sizes(self, course: Course, item: int, dims: frozenset[str]) -> frozenset[str]:
        """The letters for sizes, but for those of other sections that stand for a probability in this one, or for a
        value that is no size."""
        section = self.outline.section(item)
        if section.first not in self.dimensions:
            here = [d for i, d in course.displays.items() if section.first <= i < section.last]
            trees = [m.node for d in here for c in d.chains for m in c.members]
            told = [f for f in course.facts if f.scope.first < section.last and section.first < f.scope.last]
            chains = [c for d in here for c in d.chains]
            others = fractions(trees) | dims & {*values_given(chains), "I"}  # I of Σ_{i=1}^I is the identity elsewhere
            self.dimensions[section.first] = dims - (others - dimension_names(trees, told))
        return self.dimensions[section.first]


def follow(course: Course) -> Mapping[int, Judged]:
    """Judge every display (inline math too when asked), in document order."""
    trees = [m.node for d in course.displays.values() for c in d.chains for m in c.members]
    shown = [m.node for d in course.displays.values() if d.block.display for c in d.chains for m in c.members]
    primes = any(isinstance(f, ConventionFact) and f.convention is Convention.PRIME_TRANSPOSE for f in course.facts)
    usage, dims = usage_of(trees, primes=primes), dimension_names(trees, course.facts)
    usage = replace(usage, shown=capitals(shown), ends=ends(trees))
    topics = topics_of(course.document, course.facts)
    denied = frozenset(f.item for f in course.facts if isinstance(f, DenialFact))
    state = _State(outline(course.document), denied)
    where = frozenset(i for i, d in course.displays.items() if d.block.display)
    contexts = ContextView(course.facts, where)
    relations = sorted({f.item for f in course.facts if isinstance(f, TaintFact | HypothesisFact)})
    identities = _identities(course, relations, Known(contexts, contexts.at(0), usage, dims))
    open_relations = [i for i in relations if i not in identities]
    out: dict[int, Judged] = {}
    headings = [i for i, found in enumerate(course.document.items) if isinstance(found, Heading)]
    for item, display in course.displays.items():
        while headings and headings[0] < item:
            headings.pop(0)
            state.learned.clear()
            state.generality = Generality()
            state.equations.clear()
            state.assumed.clear()
            state.revalued.clear()
            state.ended = None
        block = course.document.items[item]
        assert isinstance(block, MathBlock)
        if (block.display or course.inline) and not ignored(course.document, item):
            passed = open_relations[: bisect_left(open_relations, item)]
            del open_relations[: len(passed)]  # they may hold by what displays have defined since
            if passed:
                identities |= _identities(course, passed, Known(contexts, contexts.at(0), usage, dims))
            sizes = state.sizes(course, item, dims)
            known = Known(contexts, contexts.at(item), usage, sizes, dict(state.learned), topics, identities)
            known = replace(known, section=state.outline.section(item).first)
            out[item], contexts = _display(course, item, display, known, state)
    again = asked_again(out, state.doubted, partial(_judged, course=course), course.deadline)
    return with_support(with_mixtures(course, with_origins(course, again)))


def _identities(course: Course, relations: Iterable[int], known: Known) -> frozenset[int]:
    """Of some inline relations those that seem to constrain symbols but hold for all their values, cosh²x − sinh²x = 1,
    PA = A of such a P: with the sizes of another place they would."""
    found = set()
    for item in relations:
        display = course.displays.get(item)
        if display is None or display.block.display or time.monotonic() > course.deadline:
            continue
        links = [(c, k) for c in display.chains for k in range(len(c.relations))]
        here = known.moved(item)
        if links and all(c.relations[k].kind is RelationKind.EQUAL and _holds(c, k, here) for c, k in links):
            found.add(item)
    return frozenset(found)


def _holds(chain: Chain, link: int, known: Known) -> bool:
    nodes = tuple(m.node for m in chain.members)
    try:
        question = Question(nodes[link], nodes[link + 1], RelationKind.EQUAL, known, survey(nodes, nodes, known))
        return settle(question).agreed
    except Exception:  # a formula in prose that cannot be decided simply stays a constraint
        return False


def _display(course: Course, item: int, display: Display, known: Known, state: _State) -> tuple[Judged, ContextView]:
    """The outcomes of a display, and what is known after it."""
    prose = introduction(course.document, item)
    outcomes: list[tuple[Outcome, ...]] = []
    before = known.contexts
    added: list[Fact] = []
    fresh: list[Fact] = []
    for_itself = False  # whether something was stated that holds in this display only
    conditions, cases = conditions_of(display), cases_of(display)
    after_condition = False
    members = [[m.node for m in c.members] for c in display.chains]
    formulas = formulas_of(display.chains)
    first = 0  # of the formulas of a chain
    distributed = distributed_in(display)
    concluding = tuple(state.equations) if leads_to_a_solution(prose) else ()
    around: list[Surroundings] = []
    for number, chain in enumerate(display.chains):
        if fresh:
            known = known.extended(fresh)
        if not state.revalued <= known.revalued:
            known = replace(known, revalued=frozenset(state.revalued))
        everything = tuple(n for group in members[_around(number, _NEAR_CHAINS)] for n in group)
        follows = any(e.speaks_of(chain) for e in concluding)
        surroundings = Surroundings(
            prose, after_condition, follows, conditions, distributed, everything, formulas, first, number in cases
        )
        around.append(surroundings)
        first += len(chain.relations)
        results = _chain(course, chain, known, state, display, surroundings)
        fresh = definitions_made(course, item, chain, results, state.outline, distributed)
        fresh += blocks_told(fresh, known)
        fresh += parts_named(course, item, chain, results, state.outline, known)
        fresh += constraints_made(course, item, chain, results, state.outline)
        fresh += laws_told(course, item, chain, results, state.outline)
        fresh += values_put_in(course, item, chain, results, state.outline)
        assumed = equations_assumed(course, item, chain, results, state.outline, prose)
        fresh += assumed
        _learn_kinds(assumed, known, state)
        added.extend(fresh)
        if fresh and number and not results[0].suspect:  # a second value explains nothing that was said of the first
            _reconsider(course, display, known.extended(fresh), state, outcomes, around)
        if implies(display, number + 1):
            identified = identifications_made(course, item, chain, results, known)
            fresh += identified
            for_itself = for_itself or bool(identified)
        outcomes.append(results)
        if any(o.verdict is Verdict.ASSUMPTION for o in results) and chain.relations:
            conditional = chain.connective is Connective.CONDITION
            after_condition = after_condition or conditional or implies(display, number + 1)
    if display.block.display and display.chains:
        state.ended = (item, display.chains[-1].members[-1].node)
    after = before.extended(added) if for_itself else known.contexts.extended(fresh)
    return Judged(tuple(outcomes)), after if added else before


def _reconsider(
    course: Course, display: Display, known: Known, state: _State, outcomes: list[tuple[Outcome, ...]],
    around: list[Surroundings],
) -> None:  # fmt: skip
    """What a chain defines may be meant in the chains before it: `S = P - \\bar x\\bar x^\\top, \\quad \\bar x = …`.
    They pass with it, or are wrong by an edit; anything else stays as it was."""
    for number, before in enumerate(outcomes):
        chain = display.chains[number]
        if not any(o.verdict is Verdict.ASSUMPTION and o.suspect for o in before):
            continue
        again = _chain(course, chain, known, state, display, around[number])
        changed = [new for new, old in zip(again, before, strict=True) if new.verdict is not old.verdict]
        mended = [o.diagnosis is not None and o.diagnosis.repair is not None for o in changed]
        if changed and all(m or o.verdict in _PASSES for o, m in zip(changed, mended, strict=True)):
            outcomes[number] = again


def _chain(
    course: Course, chain: Chain, known: Known, state: _State, display: Display, surroundings: Surroundings
) -> tuple[Outcome, ...]:
    if not chain.relations:
        return ()
    if known.at.item in state.denied:
        return tuple(Outcome(Verdict.UNKNOWN, Role.UNDECIDED, "relation not decided") for _ in chain.relations)
    variation = survey(tuple(m.node for m in chain.members), surroundings.everything, known)
    hypotheses = surroundings.conditions + tuple(
        f.relation for f in known.at.hypotheses() if f.item not in known.identities
    )

    def around(role: LinkRole, asked: Question, suspect: str = "") -> Circumstances:
        arbitrary = partial(state.generality.arbitrary, course, asked.nodes, known)
        bound = partial(state.generality.bound, course, asked.nodes, known)
        text, macros = display.block.text, course.document.macros
        after = surroundings.after_condition
        return Circumstances(role, after, text, macros, suspect, course.patience, arbitrary, bound)

    def question(left: int, right: int, kind: RelationKind) -> Question:
        nodes = chain.members[left].node, chain.members[right].node
        return Question(*nodes, kind, known, variation, hypotheses)

    roles = [
        role_of(chain, k, known, surroundings.prose, surroundings.distributed) for k in range(len(chain.relations))
    ]
    if surroundings.follows:
        roles = [replace(r, hinted=True) for r in roles]
    if surroundings.case and roles[0].role is Role.CLAIM:
        roles[0] = LinkRole(Role.CLAIM, restates=True)
    results: list[Outcome] = []
    for link in range(len(chain.relations)):
        if time.monotonic() > course.deadline:
            results.append(Outcome(Verdict.UNKNOWN, roles[link].role, "timeout", "the file took too long"))
            continue
        wrong_before = bool(results) and results[-1].verdict.is_finding
        asked = question(link, link + 1, relation_of(chain, link))
        before = None if link else goes_on_from(chain, state.ended, known.at.item)
        if before is not None:
            outcome = _judged(replace(asked, lhs=before), around(LinkRole(Role.CLAIM), asked), course)
            told = outcome.verdict in (Verdict.PROVED, Verdict.VERIFIED) or _mends_the_right_side(outcome)
            results.append(outcome if told else Outcome(Verdict.UNKNOWN, roles[0].role, "relation not decided"))
        else:
            surrounded = around(roles[link], asked, "lhs" if wrong_before else "")
            outcome = _judged(asked, surrounded, course)
            outcome = _as_used_here(outcome, asked, surrounded, course, state)
            results.append(_differentiated(outcome, asked, surroundings.prose, display, course, state) or outcome)
            if (found := doubted(results[-1], asked, surrounded)) is not None:
                state.doubted.append(found)
        _learn(results[-1], state)
        if not link and (key := gets_another_value(asked, results[-1])) is not None:
            state.revalued.add(known.alias(key))
        state.generality.learn(results[-1], asked.nodes, known)

    _solve(course, chain, results, known, surroundings, variation, state)
    _find_meaningless(course, chain, results, known, display.block.text, surroundings, variation)

    def across(left: int, right: int) -> Outcome:
        weak = next((r.weak for r in roles[left:right] if r.weak is not None), None)
        role = LinkRole(Role.CLAIM, weak, any(r.hinted for r in roles[left:right]))
        asked = question(left, right, RelationKind.EQUAL)
        return _judged(asked, around(role, asked), course)

    return bridged(chain, results, known, across) if time.monotonic() < course.deadline else tuple(results)


def _mends_the_right_side(outcome: Outcome) -> bool:
    """Whether a finding comes with an edit of the right side: then the words in between did not change the subject."""
    repair = outcome.diagnosis.repair if outcome.diagnosis is not None else None
    return outcome.verdict.is_finding and repair is not None and repair.side == "rhs"


def _judged(question: Question, around: Circumstances, course: Course) -> Outcome:
    """The outcome of a link. One bad equation never stops the rest; the report of the file tells of the crash."""
    try:
        return replace(judge(question, around, _prover(course)), asked=question)
    except Exception as error:
        return _crashed(around.role.role, error)


def _as_used_here(
    outcome: Outcome, question: Question, around: Circumstances, course: Course, state: _State
) -> Outcome:
    """What has no meaning with symbols as other sections use them is read as this one does: d is a number here, a
    vector there. It passes then, or is mended; anything else stays as it was."""
    settled = outcome.settled
    if outcome.verdict in _PASSES or settled is None or not settled.tried[0].reading.clashes:
        return outcome
    usage = state.usage(course, question.known)
    if usage == question.known.usage:
        return outcome
    again = _judged(replace(question, known=question.known.using(usage)), around, course)
    mended = again.diagnosis is not None and again.diagnosis.repair is not None
    return again if again.verdict in _PASSES or (mended and not outcome.verdict.is_finding) else outcome


def _differentiated(
    outcome: Outcome, question: Question, prose: str, display: Display, course: Course, state: _State
) -> Outcome | None:
    """What does not hold by itself may be the derivative of an equation of its section."""
    weak = outcome.verdict in (Verdict.UNKNOWN, Verdict.ASSUMPTION) or outcome.verdict.is_finding
    if not weak or outcome.reason == "timeout" or not state.assumed:
        return None
    text, limits = display.block.text, course.limits
    try:
        return derived(question, state.assumed, prose, text, limits)
    except Exception as error:
        return _crashed(outcome.role, error)


def _crashed(role: Role, error: Exception) -> Outcome:
    return Outcome(Verdict.UNKNOWN, role, "internal error", f"{type(error).__name__}: {error}", error=error)


def _solve(
    course: Course, chain: Chain, results: list[Outcome], known: Known, surroundings: Surroundings,
    variation: Calculus, state: _State,
) -> None:  # fmt: skip
    """Holds a value given to a symbol against the equations before; keeps what may be an equation to solve."""
    item = known.at.item
    key, _ = target(chain.members[0].node)
    gives = results[0].role is Role.DEFINITION and not results[0].suspect  # no second value of what has one
    if gives and key is not None and chain.relations[0].kind is RelationKind.EQUAL:
        here = [e for e in state.equations if e.item == item]
        near = here or (state.equations if leads_to_a_solution(surroundings.prose) else [])
        left, right = chain.members[0].node, chain.members[1].node
        question = Question(left, right, RelationKind.EQUAL, known, variation)
        try:
            text, limits = course.block(item).text, course.limits
            by_itself = replace(question, lhs=right) if gives_another_value(chain, surroundings.prose) else question
            found = ill_shaped_definition(by_itself) or held_against(key, right, near, question, text, limits)
        except Exception as error:
            found = _crashed(Role.DEFINITION, error)
        if found is not None:
            results[0] = found
    state.equations = [e for e in state.equations if e.item == item]
    for link, outcome in enumerate(results):
        unsolved = outcome.verdict is Verdict.ASSUMPTION or (outcome.suspect and outcome.verdict is Verdict.UNKNOWN)
        unsolved = unsolved or _holds_under_equations(outcome)
        if chain.relations[link].kind is RelationKind.EQUAL and unsolved:
            state.equations.append(Equation(item, chain.members[link].node, chain.members[link + 1].node))
        if chain.relations[link].kind is RelationKind.EQUAL and outcome.verdict is Verdict.ASSUMPTION:
            state.assumed.append(Equation(item, chain.members[link].node, chain.members[link + 1].node))
    del state.assumed[:-_ASSUMED]
    del state.equations[:-_EQUATIONS]


def _holds_under_equations(outcome: Outcome) -> bool:
    """Whether it was shown under equations stated nearby: then it may be solved for what these bind."""
    settled = outcome.settled
    return outcome.verdict in _PASSES and settled is not None and settled.best.reading.choice.use_equations


_PASSES = (Verdict.PROVED, Verdict.VERIFIED)
_OPEN = (Verdict.UNKNOWN, Verdict.ASSUMPTION, Verdict.DEFINITION)  # what nothing was computed of may have no meaning


def _around(place: int, far: int) -> slice:
    """What stands near a place of a list, so far either way."""
    return slice(max(0, place - far), place + far + 1)


def _find_meaningless(
    course: Course, chain: Chain, results: list[Outcome], known: Known, text: str, surroundings: Surroundings,
    variation: Calculus,
) -> None:  # fmt: skip
    """What is said without being claimed must have a meaning."""
    for link, outcome in enumerate(results):
        found_before = link > 0 and results[link - 1].verdict.is_finding
        if outcome.verdict not in _OPEN or outcome.reason == "timeout" or found_before or _has_a_meaning(outcome):
            continue
        nodes = chain.members[link].node, chain.members[link + 1].node
        question = Question(*nodes, chain.relations[link].kind, known, variation)
        place = surroundings.first + link
        formula, near = surroundings.formulas[place], surroundings.formulas[_around(place, _NEAR_FORMULAS)]
        if link == 0 and gives_another_value(chain, surroundings.prose):  # of another shape, perhaps
            question, formula = replace(question, lhs=question.rhs), replace(formula, left=formula.right)
        try:
            found = meaningless(question, formula.sign, near, text, course.limits)
        except Exception as error:
            found = _crashed(outcome.role, error)
        results[link] = outcome if found is None else replace(found, asked=question)


def _has_a_meaning(outcome: Outcome) -> bool:
    """Whether it holds in a reading, though it was not believed."""
    return outcome.settled is not None and outcome.settled.agreed


def _prover(course: Course) -> Prover:
    """Proofs are sought for what agreed, never for anything else; "" when there is none."""

    def attempt(settled: Settled) -> str:
        claim, evidence = settled.best.reading.claim, settled.best.evidence
        if claim is None or not isinstance(evidence, Agreed) or claim.relation != "=":
            return ""
        from derivcheck.prove.prover import prove  # loaded for what agreed only

        seconds = min(_PROOF_SECONDS, course.deadline - time.monotonic())
        proof = prove(claim, evidence, deadline=max(seconds, 0.01), sympy=course.sympy)
        if proof is None:
            return ""
        under = f" under {', '.join(proof.assumptions)}" if proof.assumptions else ""
        return f"proved by {proof.method}{under}"

    return attempt


def _learn_kinds(assumed: list[Fact], known: Known, state: _State) -> None:
    """Kinds that equations of the text need to have a meaning: of c in y = Bc + u."""
    for fact in assumed:
        match fact:
            case HypothesisFact(relation=tree.Rel(items=(left, right))):
                chain = survey((left, right), (left, right), known)
                try:
                    kinds = kinds_asked(Question(left, right, RelationKind.EQUAL, known, chain))
                except Exception:  # a formula that cannot be read teaches nothing
                    continue
                for key, kind in kinds:
                    if kind != "scalar":
                        state.learned.setdefault(key, kind)
            case _:
                pass


def _learn(outcome: Outcome, state: _State) -> None:
    """Kinds that a verified equation needed hold for what follows: with the usual ones it had no meaning."""
    settled = outcome.settled
    if outcome.verdict not in _PASSES or settled is None:
        return
    if any(t.reading.claim is not None for t in settled.tried if not t.reading.choice.kinds):
        return
    for key, kind in settled.best.reading.choice.kinds:
        if kind != "scalar":
            state.learned.setdefault(key, kind)
