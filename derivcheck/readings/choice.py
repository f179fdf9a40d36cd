"""The ambiguities of one attempt at reading, each with its most natural value first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from derivcheck.readings.layouts import MIXED, Layout

GENERALITY = {"scalar": 0, "column": 1, "row": 1, "matrix": 2}  # of the kinds of symbols


@dataclass(frozen=True)
class Choice:
    """One way to settle what the notation leaves open."""

    layout: Layout = MIXED
    kinds: tuple[tuple[str, str], ...] = ()  # undeclared symbols read otherwise than by their typography
    einstein: bool = False  # repeated indices are summed
    spatial: int = 0  # how many values indices have that nothing bounds: 3 in space, 4 in spacetime
    broadcast: bool = False  # number + vector adds to every entry
    scalar_identity: bool = False  # A - λ stands for A - λI
    rows_as_columns: bool = False  # ∂(row)/∂x is laid out as if the row were a column
    wide_sums: bool = False  # Σ extends over the + that follow
    entrywise: bool = False  # products and powers of vectors that do not fit are entrywise
    fit_identities: bool = False  # the declared size of a bare I is ignored
    use_equations: bool = False  # equations stated in words nearby are assumed
    use_values: bool = False  # symbols have the values mentioned nearby (`if x = 2`)
    bind_both: bool = False  # Σ_{i≠j} runs over both
    wide_functions: bool = False  # det AB is det(AB)
    tight_functions: bool = False  # sin θ φ is sin(θ) φ
    marks_within: bool = False  # vec(X)ᵀ is vec(Xᵀ)
    star_adjugate: bool = False  # A^* is the adjugate
    identity_letter: bool = False  # an undeclared E is the identity
    identity_one: bool = False  # a bold 1 of which nothing is said is the identity, not the vector of ones
    unit_vectors: bool = False  # e_1 is the first vector of the standard basis
    commutation: bool = False  # K_{mn} with two sizes is the commutation matrix
    gradient_through: bool = False  # ∇f(Ax) differentiates by x, not by the argument of f
    columns: bool = False  # u_j is the j-th column of U, σ_j the j-th entry on the diagonal of Σ
    numbers_apart: bool = False  # x_k is a number of its own, no entry of the vector x
    gradient_by: int = 0  # which of the vectors under ∇ without subscript varies
    laplacian: bool = False  # ∇²f is the sum of the second derivatives
    swap_points: bool = False  # ∂f/∂x (a + b) is ∂f/∂x at a + b; ∂f/∂x (a) is a product
    data_fixed: bool = False  # the y of a model y = Xβ + u with a random u does not vary with β
    noise_fixed: bool = False  # nor that of one where u merely looks like noise
    tight_operators: bool = False  # d/dx and ∇ act on the next factor only
    wide_gradients: bool = False  # ∇f(x)g(x) differentiates the product
    other_functions: bool = False  # exp A by entries, sin A as a whole
    other_norm: bool = False  # ‖A‖ of a matrix is the spectral norm, ‖A‖₂ the Frobenius norm
    matching: int = 0  # which way sizes of undeclared symbols are matched to the factors of a declared product
    sequences: bool = False  # x_k is the k-th of vectors like x, not its k-th entry
    order: str = ""  # a number that is the order of the square matrices: |kA| = kⁿ|A|; or how far indices run: δ_ii = n
    recalled: bool = False  # definitions and properties stated in sections that have ended still hold
    remembered: bool = False  # properties stated there still hold, and no definitions
    going_on: bool = False  # definitions made for a display before (`for f(x) = x²`) still hold
    generic: bool = False  # sizes stated to explain a layout, or of symbols introduced again since, are left open
    lapsed: bool = False  # conditions of displays before (`if A is square`) still hold
    far: bool = False  # so do those for cases of earlier sections (`for a rotation R`)
    commutator: bool = False  # [A, B] is AB − BA
    asterisk_entrywise: bool = False  # A * B is the entrywise product
    sigmoid: str = ""  # the function that is the logistic sigmoid, of which the text speaks
    fields: bool = False  # what stands behind ∇ and ∂_i is a function of the position
    magnitudes: bool = False  # r beside the vector 𝐫 is its length
    dagger_adjoint: bool = False  # A^† is the adjoint
    independent: bool = False  # random symbols are independent of each other
    centred: bool = False  # random symbols of which no mean is told have mean zero
    normal: bool = False  # laws that are said to be normal are
    alike: bool = False  # random symbols of one shape have one law
    listed: bool = False  # a vector has the entries that the display writes out, and no others
    ignore_marks: bool = False  # superscript stars and plus signs are names, not adjoints

    @property
    def guesses(self) -> bool:
        """Whether it takes signs for what the text does not say they are: it may hold, and refutes nothing."""
        return bool(self.sigmoid) or self.magnitudes or self.star_adjugate

    @property
    def stretched(self) -> bool:
        """Whether it fits shapes by notation that authors rarely mean: a definition may well mean something else."""
        return self.broadcast or self.entrywise or self.scalar_identity

    def kind(self, key: str) -> str | None:
        """The kind that an undeclared symbol is read as, if it is not the usual one."""
        return next((kind for name, kind in reversed(self.kinds) if name == key), None)

    def with_layout(self, layout: Layout) -> Choice:
        return self.but(layout=layout)

    def but_for_layout(self) -> tuple[object, ...]:
        """The values of all other fields."""
        _, *others = vars(self).values()
        return tuple(others)

    def but(self, **changes: Any) -> Choice:
        """The same choice with other values of some fields. There are many fields and many choices, and
        `dataclasses.replace` passes every field through the constructor."""
        if not changes.keys() <= vars(self).keys():
            raise TypeError(f"not all of {sorted(changes)} are fields of a choice")
        other = object.__new__(Choice)
        vars(other).update(vars(self), **changes)
        return other

    def notes(self) -> tuple[str, ...]:
        """What had to be assumed beyond the most natural reading."""
        kinds = [f"`{key}` as {kind}" for key, kind in self.kinds]
        meant = "the end of the indices" if self.einstein else "the order of the square matrices"
        order = [f"`{self.order}` as {meant}"] if self.order else []
        order += [f"indices have {self.spatial} values"] if self.spatial else []
        sigmoid = [f"`{self.sigmoid}` as the logistic function"] if self.sigmoid else []
        return (*kinds, *(words for name, words in _SPOKEN if getattr(self, name)), *order, *sigmoid)


_SPOKEN = (
    ("einstein", "repeated indices summed"),
    ("broadcast", "a number added to a vector acts on every entry"),
    ("scalar_identity", "a scalar added to a matrix stands for that multiple of the identity"),
    ("rows_as_columns", "rows and columns not told apart in derivatives"),
    ("wide_sums", "the sum extends over all terms that follow"),
    ("entrywise", "products and powers of vectors are entrywise"),
    ("use_values", "with the values stated nearby"),
    ("use_equations", "under the equations stated nearby"),
    ("bind_both", "the sum runs over both indices"),
    ("wide_functions", "a function without brackets takes all that follows"),
    ("marks_within", "a transpose behind the bracket of vec belongs to its argument"),
    ("tight_functions", "a function without brackets takes the factor next to it only"),
    ("star_adjugate", "a star is the adjugate"),
    ("identity_letter", "`E` as the identity"),
    ("identity_one", "a bold `1` as the identity"),
    ("unit_vectors", "`e` with an index as a vector of the standard basis"),
    ("commutation", "a letter with two sizes is the commutation matrix"),
    ("gradient_through", "∇ acts through the argument"),
    ("other_functions", "functions act on matrices otherwise than usual: `\\exp` by entries, `\\sin` as a whole"),
    ("other_norm", "the norm of a matrix is the other usual one: spectral, Frobenius where a 2 stands"),
    ("columns", "small letters with an index are the columns, or the diagonal, of the matrix with that letter"),
    ("listed", "vectors have the entries that are written out, and no others"),
    ("numbers_apart", "indexed letters are numbers of their own, no entries"),
    ("gradient_by", "∇ by another of the vectors under it"),
    ("laplacian", "∇² is the Laplacian"),
    ("swap_points", "brackets behind a derivative read the other way: points or factors"),
    ("wide_gradients", "∇ acts on all factors that follow"),
    ("sequences", "a subscript tells which vector, not which entry"),
    ("recalled", "with what earlier sections say"),
    ("remembered", "with the properties that earlier sections tell"),
    ("going_on", "with the definitions made before"),
    ("generic", "with other sizes than those stated before"),
    ("lapsed", "under the conditions stated before"),
    ("far", "those of earlier sections included"),
    ("commutator", "square brackets are commutators"),
    ("asterisk_entrywise", "an asterisk is the entrywise product"),
    ("fields", "letters behind ∇ and ∂_i are fields over space, all others constant"),
    ("magnitudes", "a plain letter is the length of the vector with that letter"),
    ("dagger_adjoint", "a dagger is the adjoint"),
    ("independent", "random symbols independent of each other"),
    ("centred", "random symbols of mean zero"),
    ("normal", "by the moments of the normal law"),
    ("alike", "random symbols of one law"),
    ("data_fixed", "what a model with noise describes does not vary"),
    ("tight_operators", "a derivative acts on the factor next to it only"),
)
