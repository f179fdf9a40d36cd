"""Points and environments: everything the value of a term is relative to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from flint import fmpq_mat

from derivcheck.algebra.matrix import Matrix
from derivcheck.terms.term import Term
from derivcheck.verify.dimensions import Dimensions
from derivcheck.verify.draw import Style
from derivcheck.verify.errors import Deadline, TooLarge, Unsupported
from derivcheck.verify.sample import draw_member, draw_value
from derivcheck.verify.seed import derive
from derivcheck.verify.structure import Names, Structure
from derivcheck.verify.tangent import direction

MAX_LEVEL = 8  # of derivatives and differentials inside one another
Member = tuple[str, tuple[int, ...]]  # a symbol, or one member of a family by its index values


class Point:
    """One random point: dimensions and the exact values of all symbols, drawn when first asked for.

    Every value has a seed of its own, so that no order of evaluation changes it. `rounding`: decimals
    stand for everything that rounds to them. `confirming`: derivatives are differentiated in a second way.
    """

    __slots__ = ("confirming", "degree", "dims", "drawn", "rounding", "seed", "settled", "structure", "style")

    def __init__(
        self,
        structure: Structure,
        dims: Dimensions,
        seed: bytes,
        style: Style,
        degree: int,
        rounding: bool = False,
    ) -> None:
        self.structure = structure
        self.dims = dims
        self.seed = seed
        self.style = style
        self.degree = degree
        self.rounding = rounding
        self.drawn: dict[Member, fmpq_mat] = {}
        self.confirming = False
        self.settled = False  # values were adjusted to the equations among the conditions

    def value(self, key: str, indices: tuple[int, ...] = ()) -> fmpq_mat:
        """The sampled value of a symbol or of a member of a family; errors as in `sample`."""
        found = self.drawn.get((key, indices))
        if found is None:
            symbol = self.structure.symbol(key)
            rows, columns = symbol.shape[0].value(self.dims), symbol.shape[1].value(self.dims)
            seed = derive(self.seed, key)
            if indices:
                found = draw_member(symbol, rows, columns, seed, self.style, indices)
            else:
                found = draw_value(symbol, rows, columns, seed, self.style)
            self.drawn[key, indices] = found
        return found

    def direction(self, key: str, indices: tuple[int, ...], size: tuple[int, int]) -> fmpq_mat:
        """The direction in which a symbol varies, the same in every differential of the claim."""
        symbol = self.structure.symbol(key)
        seed = derive(self.seed, "d", key, indices)
        if not symbol.properties or symbol.definition is not None or symbol.depends:
            return direction(frozenset(), fmpq_mat(*size), seed)
        return direction(symbol.properties, self.value(key, indices), seed)


def require_shallow(level: int) -> None:
    """A number with ε of n levels has 2ⁿ parts, and a product takes 3ⁿ multiplications."""
    if level > MAX_LEVEL:
        raise TooLarge("derivatives nested too deeply")


@dataclass(frozen=True, slots=True)
class Varying:
    """A differential being taken: its level and the symbols that vary in it, by ε or by a step of this length."""

    level: int
    keys: frozenset[str]
    step: int | None = None


@dataclass(frozen=True, slots=True)
class Environment:
    """What a term is evaluated in. Immutable but for `values`, which remembers what was computed.

    A child differs from its parent in `changed` alone: terms that depend on none of these names have the
    value they have in the parent. `overrides`: values in place of sampled or defined ones, with the level
    of differentiation at which they were set. `level`: how many derivatives and differentials are being
    taken.
    """

    point: Point
    deadline: Deadline
    parent: Environment | None = None
    changed: Names = frozenset()
    indices: Mapping[str, int] = field(default_factory=dict)
    overrides: Mapping[Member, tuple[Matrix, int]] = field(default_factory=dict)
    varying: tuple[Varying, ...] = ()
    level: int = 0
    values: dict[int, tuple[Term, Matrix]] = field(default_factory=dict, compare=False, repr=False)

    def with_index(self, index: str, value: int) -> Environment:
        """The index variable bound to an integer."""
        return Environment(
            self.point, self.deadline, self, frozenset(("#" + index,)), {**self.indices, index: value},
            self.overrides, self.varying, self.level,
        )  # fmt: skip

    def with_value(self, member: Member, value: Matrix, level: int) -> Environment:
        """A symbol set to a value, at the environment's own level or one more for a derivative's dual."""
        require_shallow(level)
        overrides = {**self.overrides, member: (value, level)}
        changed = frozenset((member[0],))
        return Environment(
            self.point, self.deadline, self, changed, self.indices, overrides, self.varying, level
        )

    def with_varying(self, keys: frozenset[str], step: int | None = None) -> Environment:
        """One more differential, in which these symbols vary."""
        level = self.level + 1
        require_shallow(level)
        varying = (*self.varying, Varying(level, keys, step))
        return Environment(
            self.point, self.deadline, self, keys, self.indices, self.overrides, varying, level
        )

    def index(self, name: str) -> int:
        try:
            return self.indices[name]
        except KeyError:
            raise Unsupported(f"the index {name} has no value") from None


Evaluator = Callable[[Term, Environment], Matrix]
