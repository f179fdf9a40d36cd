"""What a chain says about variation: which symbols its differentials vary, which symbols depend on which."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from derivcheck.notation import tree
from derivcheck.notation.contraction import in_index_notation
from derivcheck.notation.derivatives import is_sign, split_derivative
from derivcheck.notation.keys import dotted_name, symbol_key, symbol_keys
from derivcheck.notation.space import fields, place
from derivcheck.notation.walk import children, subtrees
from derivcheck.readings.definitions import member_letters, overtaken, target
from derivcheck.readings.differentials import is_differential, is_variation
from derivcheck.readings.elaborator import Calculus
from derivcheck.readings.flows import has_rate
from derivcheck.readings.known import Known, plain
from derivcheck.readings.listed import listed, listing
from derivcheck.readings.summed import indexed_by, lasts, summed, uppers


def survey(chain: tuple[tree.Node, ...], display: tuple[tree.Node, ...], known: Known) -> Calculus:
    """Dependence: s depends on x if ∂s/∂x (or ds/dt, ṡ) occurs in the display for a bare undefined s; transitive edges
    dropped, so that z = z(y), y = y(x) is a chain. Variation: the symbols under a bare `d` of the chain (of the display
    when the chain has none) and those that are said to be variable, less those that depend on others."""
    depends: dict[str, list[str]] = {}
    written = (node for root in display for node in _outside_cancelled(root))
    for node in (*written, *_defining_quotients(chain, known)):
        for operand, variable in _derivatives(node, known):
            for name in _varying_with(operand, variable, known):
                targets = depends.setdefault(name, [])
                if variable not in targets:
                    targets.append(variable)
    _in_products(display, depends, known)
    bare = _bare(display)
    varying = {known.alias(_bold_for(k, bare)) for k in _varying(chain, known) or _varying(display, known)}
    if varying:
        varying |= {k for k in map(known.alias, symbol_keys(*chain)) if "variable" in known.properties(k)}
    reduced = _reduced(depends, known)
    independent = {v for v in varying if not _has_definition(known, v)} or _primary(varying, known)
    derived = {v for v in independent if set(_declared_dependence(known, v) + reduced.get(v, ())) & varying}
    free = frozenset(independent - derived) or _leaves(varying - independent, known)
    depends_on = tuple(sorted(reduced.items()))
    between = _intermediate(depends, known)
    every = tuple({id(node): node for node in (*chain, *display)}.values())
    over_space = (*display, *_meanings(chain, known))
    return Calculus(
        free,
        frozenset(varying),
        depends_on,
        between,
        _potentials(display, known),
        _matrix(display, known),
        bare,
        uppers(display),
        _summed((*every, *_meanings(chain, known)), known),
        _moved(every),
        _parts(chain, known),
        tuple((key, kind) for key, kind in fields(over_space) if "constant" not in known.properties(key)),
        place(over_space),
        in_index_notation(chain),
        _by_entries(display),
        _lower(chain),
        _counted(display),
        listed(every),
        _components(chain, known),
        lasts((*every, *_meanings(chain, known))),
    )


def _varying_with(operand: str, variable: str, known: Known) -> tuple[str, ...]:
    """What depends on the variable where ∂operand/∂variable is written: the operand if nothing is said of it; of
    K_y = K + σ²I, which varies with the parameter θ, the matrices and vectors that it is made of."""
    if operand == variable:
        return ()
    if not _has_meaning(known, operand, variable):
        return (operand,)
    if subscripted := _subscripted(operand, variable, known):
        return subscripted
    made_of = _reach_of(list(_mentioned(known, operand)), known)
    varies = operand.partition("_")[2].strip("{}") == variable or variable in _declared_dependence(known, operand)
    definition = known.definition(operand)
    written = symbol_keys(definition.right) if definition is not None else frozenset[str]()
    if not (varies or _is_parameter(variable, known)) or variable in made_of | written:
        return ()
    return tuple(k for k in sorted(made_of) if _is_made_of_numbers(k, known))


def _subscripted(operand: str, variable: str, known: Known) -> tuple[str, ...]:
    """K_θ of K = K_θ + σ²I, where θ stands in subscripts only: they tell what varies with it."""
    definition = known.definition(operand)
    if definition is None:
        return ()
    nodes = list(subtrees(definition.right))
    keys = [k for n in nodes if isinstance(n, tree.Script) and n.sub is not None and (k := symbol_key(n)) is not None]
    named = [k for k in keys if k.partition("_")[2].strip("{}") == variable and known.definition(k) is None]
    written = sum(symbol_key(n) == variable for n in nodes if isinstance(n, tree.Sym))
    return tuple(dict.fromkeys(named)) if written == len(named) else ()


def _is_parameter(key: str, known: Known) -> bool:
    """A number of which the text says nothing but that something is differentiated by it."""
    return not known.declared(key) and plain(key).startswith("\\") and not plain(key)[1:2].isupper()


def _is_made_of_numbers(key: str, known: Known) -> bool:
    """A vector or matrix, as told or by its looks."""
    if (shape := known.shape(key)) is not None:
        return shape.kind != "scalar"
    looks = key.startswith("bf:") or plain(key)[:1].isupper()
    return looks and not known.is_dimension(key) and known.meaning(key) is None and not _has_definition(known, key)


def _moved(roots: Iterable[tree.Node]) -> frozenset[str]:
    """Symbols with a subscript such as k+1."""
    scripts = (n for root in roots for n in subtrees(root) if isinstance(n, tree.Script))
    found = (symbol_key(n.base) for n in scripts if isinstance(n.sub, tree.Add) and len(n.sub.terms) > 1)
    return frozenset(k for k in found if k is not None)


def _parts(chain: tuple[tree.Node, ...], known: Known) -> tuple[tuple[str, tree.Node], ...]:
    """The values of composite symbols by which the chain differentiates: f(x) of ∂z/∂y where y = f(x)."""
    found: dict[str, tree.Node] = {}
    for node in (n for root in chain for n in subtrees(root)):
        for _, variable in _derivatives(node, known):
            definition = known.definition(variable)
            if definition is not None and isinstance(definition.right, tree.Juxt):
                found[variable] = definition.right
    return tuple(found.items())


def _components(chain: tuple[tree.Node, ...], known: Known) -> tuple[tuple[str, str, int], ...]:
    """x, y, z of a vector q = (x, y, z) by which the chain differentiates: letters of which nothing else is said."""
    found: list[tuple[str, str, int]] = []
    for node in (n for root in (*chain, *_meanings(chain, known)) for n in subtrees(root)):
        for variable in dict.fromkeys(v for _, v in _derivatives(node, known)):
            definition = known.definition(variable)
            keys = [symbol_key(n) for n in listing(definition.right)] if definition is not None else []
            free = all(k is not None and k != variable and known.definition(k) is None for k in keys)
            if len(keys) > 1 and free and len(set(keys)) == len(keys):
                found.extend((k, variable, at) for at, k in enumerate(keys, 1) if k is not None)
    return tuple(dict.fromkeys(found))


def _by_entries(roots: Iterable[tree.Node]) -> frozenset[str]:
    """z of ∂p/∂z_j with a letter j: what is differentiated by its entries is a vector."""
    found: set[str] = set()
    for node in (n for root in roots for n in subtrees(root) if isinstance(n, tree.Frac)):
        split = split_derivative(node.num, node.den)
        for below in split[1] if split is not None else ():
            match below:
                case tree.Script(base=tree.Sym() as base, sub=tree.Sym(), sup=None, primes=0):
                    found.add(symbol_key(base) or "")
                case _:
                    pass
    return frozenset(found)


def _counted(roots: Iterable[tree.Node]) -> frozenset[str]:
    """V of a sum up to |V|: the number of members of a set."""
    bounds = (n.sup for root in roots for n in subtrees(root) if isinstance(n, tree.Big) and n.op in ("sum", "prod"))
    sets = (b.body for b in bounds if isinstance(b, tree.Fence) and (b.open, b.close) == ("|", "|"))
    return frozenset(key for body in sets if (key := symbol_key(body)) is not None)


def _primary(varying: set[str], known: Known) -> set[str]:
    """Of defined symbols those that the others are made of: r of dJ = tr(rᵀdr) after J = tr(rᵀr)/2, r = y − Xb."""
    made_of: dict[str, frozenset[str]] = {}
    for key in varying:
        definition = known.definition(key)
        nodes = subtrees(definition.right) if definition is not None else ()
        made_of[key] = frozenset(k for n in nodes if (k := symbol_key(n)) is not None)
    found = {v for v in varying if not made_of[v] & varying - {v}}
    return found if len(found) < len(varying) else set()


def _defining_quotients(chain: tuple[tree.Node, ...], known: Known) -> Iterator[tree.Node]:
    """∂r/∂x, ∇_x r and ṙ of bare symbols in what the symbols of the chain are defined to be, such as J(x) = ∂r/∂x."""
    for node in (n for right in _definitions(chain, known) for n in subtrees(right)):
        match node:
            case tree.Frac(num=num, den=den) | tree.Infix(op="/", left=num, right=den):
                split = split_derivative(num, den)
                if split is not None and isinstance(split[0], tree.Sym | tree.Accent):
                    yield node
            case tree.Juxt(items=(tree.Script(base=tree.Sym(name="\\nabla")), tree.Sym() | tree.Accent())):
                yield node
            case tree.Accent(accent="dot" | "ddot", body=tree.Sym() | tree.Accent()):
                yield node
            case _:
                pass


def _definitions(chain: tuple[tree.Node, ...], known: Known) -> list[tree.Node]:
    """What the symbols of the chain are defined to be, and the symbols of that."""
    found: dict[str, tree.Node] = {}
    roots = list(chain)
    while roots and len(found) < _MAX_DEFINITIONS:
        for key in {known.alias(k): None for n in subtrees(roots.pop(0)) if (k := symbol_key(n)) is not None}:
            definition = known.definition(key) or known.ended_definition(key)
            if definition is not None and key not in found:
                found[key] = definition.right
                roots.append(definition.right)
    return list(found.values())


_MAX_DEFINITIONS = 12


def _meanings(chain: tuple[tree.Node, ...], known: Known) -> list[tree.Node]:
    """What the symbols of the chain are defined to be, and what their members are."""
    scripts = (n for root in chain for n in subtrees(root) if isinstance(n, tree.Script))
    bases = dict.fromkeys(key for n in scripts if (key := symbol_key(n.base)) is not None)
    facts = (known.recalling().by_members(key) for key in bases)
    return [*_definitions(chain, known), *(f.right for f in facts if f is not None)]


_NONSCALAR = frozenset({"matrix", "vector", "nonscalar", "indexed nonscalar"})


def _summed(roots: tuple[tree.Node, ...], known: Known) -> frozenset[str]:
    """The symbols whose members a sum runs over, and those that these are made of: b of ∏ a_s, a_t = 1 − b_t."""
    found, recalling = set(summed(roots)), known.recalling()
    unread = sorted(found)
    while unread:
        fact = recalling.by_members(unread.pop())
        if fact is not None:
            letters = frozenset(n.name for n in member_letters(fact.left))
            within = indexed_by(fact.right, letters) - found
            numbers = [key for key in within if not known.usage.of(key) & _NONSCALAR and not key.startswith("bf:")]
            found.update(numbers)
            unread += sorted(numbers)
    return frozenset(found)


def _leaves(defined: set[str], known: Known) -> frozenset[str]:
    """What defined symbols are made of, but for constants."""
    reached = {name for key in defined for name in _reach_of([key], known)}
    return frozenset(v for v in reached if not _has_definition(known, v) and "constant" not in known.properties(v))


def _bold_for(key: str, bare: frozenset[str]) -> str:
    """𝐀 for the A of A_ij where only 𝐀 stands as a whole in the display."""
    bold = f"bf:{key}"
    return bold if key not in bare and bold in bare else key


def _potentials(roots: Iterable[tree.Node], known: Known) -> frozenset[str]:
    """f of ∇f and ∇_x f, for a single letter that is neither bold nor a capital."""
    found: set[str] = set()
    for root in roots:
        for node in _outside_cancelled(root):
            if not isinstance(node, tree.Juxt):
                continue
            for head, operand in zip(node.items, node.items[1:], strict=False):
                base = head.base if isinstance(head, tree.Script) else head
                if base == tree.Sym("\\nabla") and isinstance(operand, tree.Sym) and operand.font in ("", "it", "cal"):
                    key = symbol_key(operand)
                    if key is not None and (operand.font == "cal" or not operand.name[:1].isupper()):
                        found.add(key)
    return frozenset(k for k in found if known.shape(k) is None)


def _intermediate(depends: dict[str, list[str]], known: Known) -> frozenset[str]:
    """Undeclared symbols in the middle of a chain of derivatives in which some symbol is a declared vector: vectors
    too, since what holds for scalars only would not be the chain rule."""
    variables = {v for targets in depends.values() for v in targets}
    if not any(known.is_column(k) for k in variables | depends.keys()):
        return frozenset()
    return frozenset(k for k in variables & depends.keys() if known.shape(k) is None)


def _matrix(roots: Iterable[tree.Node], known: Known) -> str:
    """The matrix under det or adj, if there is only one; bold and italic are one."""
    found: list[str] = []
    for root in roots:
        for node in _outside_cancelled(root):
            if not isinstance(node, tree.Juxt):
                continue
            for head, operand in zip(node.items, node.items[1:], strict=False):
                if isinstance(head, tree.Name) and head.text in ("det", "adj"):
                    key = bare_symbol(operand, known)
                    if key is not None and plain(key) not in [plain(k) for k in found]:
                        found.append(key)
    return found[0] if len(found) == 1 else ""


def _lower(roots: Iterable[tree.Node]) -> frozenset[str]:
    """The letters that stand in subscripts."""
    below = (n.sub for root in roots for n in subtrees(root) if isinstance(n, tree.Script) and n.sub is not None)
    return frozenset(n.name for sub in below for n in subtrees(sub) if isinstance(n, tree.Sym))


def _bare(roots: Iterable[tree.Node]) -> frozenset[str]:
    """Symbols that stand without subscript, and in none."""
    found: set[str] = set()
    stack = list(roots)
    while stack:
        node = stack.pop()
        if isinstance(node, tree.Sym | tree.Accent):
            key = symbol_key(node)
            if key is not None:
                found.add(key)
        match node:
            case tree.Accent():
                pass
            case tree.Script(base=tree.Sym(name="\\partial" | "\\nabla"), sub=sub) if sub is not None:
                stack.extend(children(node))
            case tree.Script(base=tree.Sym() | tree.Accent(), sub=sub, sup=sup) if sub is not None:
                stack.extend(() if sup is None else (sup,))
            case tree.Script(base=tree.Fence() as base, sub=sub, sup=sup) if sub is not None:
                stack.extend((base,) if sup is None else (base, sup))
            case _:
                stack.extend(children(node))
    return frozenset(found)


def _varying(roots: Iterable[tree.Node], known: Known) -> set[str]:
    nodes = [node for root in roots for node in _outside_cancelled(root)]
    sure = {key for node in nodes for key in _differentials(node, known)}
    parts = _reach_of(list(sure), known) if sure else set()  # beside dY of Y = XW + cbᵀ, db is one as well
    return {key for node in nodes for key in _differentials(node, known, parts)} if parts - sure else sure


def _outside_cancelled(root: tree.Node) -> Iterator[tree.Node]:
    stack = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, tree.Styled) and "cancel" in node.style:
            continue
        yield node
        stack.extend(children(node))


def _has_definition(known: Known, key: str) -> bool:
    return known.definition(key) is not None


def _has_meaning(known: Known, key: str, variable: str) -> bool:
    """Whether what the document says of a symbol settles how it depends on the variable."""
    shape = known.shape(key)
    return (
        _has_definition(known, key)
        or variable in _declared_reach(known, key)
        or (variable == "t" and has_rate(known, key))
        or (shape is not None and "constant" in known.properties(key))
    )


def _declared_reach(known: Known, key: str) -> set[str]:
    """Everything the symbol depends on by declaration, directly or through others and their definitions."""
    return _reach_of(list(_declared_dependence(known, key)), known)


def _reach_of(stack: list[str], known: Known) -> set[str]:
    seen: set[str] = set()
    while stack:
        name = stack.pop()
        if name not in seen:
            seen.add(name)
            stack.extend(_declared_dependence(known, name))
            stack.extend(_mentioned(known, name))
    return seen


def _mentioned(known: Known, key: str) -> Iterator[str]:
    """The symbols of a definition."""
    definition = known.definition(key)
    if definition is not None:
        yield from (k for n in subtrees(definition.right) if isinstance(n, tree.Sym) and (k := symbol_key(n)))


def _declared_dependence(known: Known, key: str) -> tuple[str, ...]:
    function = known.function(key)
    return function.args if function is not None else ()


def bare_symbol(node: tree.Node, known: Known) -> str | None:
    """The symbol behind vec, tr, transposes, brackets and indices."""
    match node:
        case tree.Fence(open="(" | "[" | "{", body=body):
            return bare_symbol(body, known)
        case tree.Juxt(items=(tree.Name(text="vec" | "tr" | "vech"), inner)):
            return bare_symbol(inner, known)
        case tree.Juxt(items=(head, tree.Fence(open="("))):
            key, parameters = target(node)
            if key is not None and parameters and "called" in known.usage.of(key):
                return known.alias(key)
            return None if not isinstance(head, tree.Name) or head.text != "vec" else bare_symbol(node.items[1], known)
        case tree.Script(base=base, sub=sub, sup=sup, primes=0):
            whole = symbol_key(node if sup is None else tree.Script(base, sub)) if sub is not None else None
            if whole is not None and known.declared(whole):
                return whole
            if isinstance(sub, tree.Num | tree.Words | tree.Name):
                return whole
            if isinstance(sub, tree.Juxt | tree.Sequence) and len(sub.items) == 2 and isinstance(base, tree.Sym):
                return _matrix_of_entries(base, known)
            if (
                sub is not None
                and sup is None
                and isinstance(sub, tree.Sym)
                and not known.declared(key := symbol_key(base) or "")
            ):
                return f"bf:{key}" if known.shape(f"bf:{key}") is not None else bare_symbol(base, known)
            return bare_symbol(base, known)
        case tree.Sym() | tree.Accent():
            key = symbol_key(node)
            if key is None or key in ("\\partial", "\\nabla", "d", "rm:d"):
                return None
            return known.alias(key)
        case _:
            return None


def _matrix_of_entries(base: tree.Sym, known: Known) -> str | None:
    """X for x_ij."""
    key = symbol_key(base)
    if key is None:
        return None
    if len(key) == 1 and key.islower():
        for upper in (f"bf:{key.upper()}", key.upper(), f"sf:{key.upper()}"):
            if known.shape(upper) is not None or known.function(upper) is not None or "matrix" in known.usage.of(upper):
                return upper
        for upper in (f"bf:{key.upper()}", key.upper()):
            if "bare" in known.usage.of(upper) and known.shape(key) is None:
                return upper
    return known.alias(key)


def _derivatives(node: tree.Node, known: Known) -> Iterator[tuple[str, str]]:
    match dotted_name(node):
        case tree.Frac(num=num, den=den) | tree.Infix(op="/", left=num, right=den):
            split = split_derivative(num, den)
            if split is None or split[0] is None:
                return
            operand = bare_symbol(split[0], known)
            for below in split[1]:
                variable = bare_symbol(below, known)
                if operand is not None and variable is not None:
                    yield from ((name, variable) for name in _inner(split[0], operand, variable, known))
        case tree.Accent(accent="dot" | "ddot", body=body):
            operand = bare_symbol(body, known)
            if operand is not None:
                yield operand, "t"
        case tree.Juxt(items=(tree.Script(base=tree.Sym(name="\\nabla"), sub=sub), operand_node)) if sub is not None:
            operand, variable = bare_symbol(operand_node, known), bare_symbol(sub, known)
            if operand is not None and variable is not None:
                yield operand, variable
        case _:
            return


def _in_products(roots: Iterable[tree.Node], depends: dict[str, list[str]], known: Known) -> None:
    """L → z for the ∇_z L of `∇_W L = ∇_z L xᵀ`, where ∇_W L stands alone: ∇_z is of L, not of L xᵀ."""
    for node in (n for root in roots for n in _outside_cancelled(root) if isinstance(n, tree.Juxt)):
        for head, following, after in zip(node.items, node.items[1:], (*node.items[2:], None), strict=False):
            if isinstance(head, tree.Script) and head.base == tree.Sym("\\nabla") and head.sub is not None:
                operand, variable = bare_symbol(following, known), bare_symbol(head.sub, known)
                if operand in depends and variable is not None and not isinstance(after, tree.Fence):
                    if not _has_meaning(known, operand, variable) and variable not in depends[operand]:
                        depends[operand].append(variable)


def _inner(node: tree.Node, operand: str, variable: str, known: Known) -> tuple[str, ...]:
    """What depends on the variable in `∂h(s)/∂x`: s, where h is a function of its own or s is known to depend on x."""
    _, parameters = target(node)
    inner = tuple(map(known.alias, parameters))
    if not inner or variable in inner:
        return (operand,)
    composed = known.function(operand) is not None or any(variable in _declared_reach(known, name) for name in inner)
    return inner if composed else (operand,)


def _differentials(node: tree.Node, known: Known, moving: Collection[str] = ()) -> Iterator[str]:
    if not isinstance(node, tree.Juxt):
        return
    for k, item in enumerate(node.items[:-1]):
        sign = item.base if isinstance(item, tree.Script) and item.sub is None else item
        if isinstance(sign, tree.Sym) and (
            (is_sign(sign) and is_differential(known, sign, node.items[k + 1], moving)) or is_variation(known, sign)
        ):
            following = node.items[k + 1 :]
            operand: tree.Node = following[0]
            if isinstance(operand, tree.Name) and len(following) > 1:
                operand = tree.Juxt(following[:2])
            key = bare_symbol(operand, known)
            if key is not None:
                yield key


def _reduced(depends: dict[str, list[str]], known: Known) -> dict[str, tuple[str, ...]]:
    """Without z → x when z → y → x, where z = z(y) and y = y(x) may be declared and y = f(x) a definition."""
    edges = dict(depends)
    for y in {v for z, direct in depends.items() for v in (*direct, *_declared_dependence(known, z))}:
        edges[y] = [*edges.get(y, ()), *_declared_dependence(known, y)]
        definition = known.definition(y) or known.ended_definition(y)
        if definition is not None and not overtaken(known, y, definition):
            names = (symbol_key(n) for n in subtrees(definition.right) if isinstance(n, tree.Sym))
            edges[y].extend(known.alias(n) for n in names if n is not None)
    out = {}
    for z, direct in depends.items():
        through = {x for y in (*direct, *_declared_dependence(known, z)) for x in _reach(edges, y, z)}
        out[z] = tuple(v for v in direct if v not in through)
    return out


def _reach(depends: dict[str, list[str]], start: str, without: str) -> set[str]:
    seen: set[str] = set()
    stack = [v for v in depends.get(start, []) if v != without]
    while stack:
        v = stack.pop()
        if v not in seen:
            seen.add(v)
            stack.extend(w for w in depends.get(v, []) if w != without)
    return seen
