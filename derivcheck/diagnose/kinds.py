"""The kinds of slips, most usual first: the order of the table decides between edits of one size."""

from __future__ import annotations

from derivcheck.diagnose import (
    balance,
    composition,
    indexing,
    laws,
    leibniz,
    marks,
    missing,
    naming,
    products,
    scalars,
    sums,
)
from derivcheck.diagnose.variant import Balances, EditKind

KINDS: tuple[EditKind, ...] = (
    EditKind("index", "DC109", 1, indexing.index_swaps, structural=True, against_zero=True, last_first=True),
    EditKind("transpose", "DC102", 1, marks.transposes, structural=True, against_zero=True, last_first=True),
    EditKind("transpose", "DC102", 1, marks.bracket_transposes, structural=True, against_zero=True),
    EditKind("sign", "DC103", 1, sums.signs, structural=True, against_zero=True, reshapes=False),
    EditKind("sign", "DC103", 1, sums.lost_signs, structural=True, against_zero=True, reshapes=False),
    EditKind("sign", "DC103", 1, sums.differences, structural=True, against_zero=True, reshapes=False),
    EditKind("sign", "DC103", 1, sums.missing_signs, structural=True, against_zero=True, reshapes=False),
    EditKind(
        "factors swapped", "DC104", 1, products.swaps, structural=True, against_zero=True, last_first=True
    ),
    EditKind(
        "Kronecker factors swapped", "DC105", 1, products.operand_swaps, structural=True, against_zero=True
    ),
    EditKind("scalar factor", "DC106", 1, sums.dropped_numbers, structural=True, against_zero=True, reshapes=False),
    EditKind("size", "DC201", 2, naming.special_sizes, structural=True),
    EditKind("exponent", "DC108", 2, marks.exponents),
    EditKind("number", "DC106", 2, sums.numbers),
    EditKind("scalar factor", "DC106", 2, sums.factors, structural=True, against_zero=True, reshapes=False),
    EditKind("scalar factor", "DC106", 2, sums.scaled_sums, structural=True, reshapes=False),
    EditKind("inverse", "DC107", 2, marks.inverses, last_first=True),
    EditKind("symmetry", "DC111", 2, sums.symmetrised, structural=True),
    EditKind("symmetry", "DC111", 3, laws.commuted, structural=True),
    EditKind(
        "transpose", "DC102", 2, products.mark_swaps, structural=True, against_zero=True, last_first=True
    ),
    EditKind("transpose", "DC102", 2, products.moved_marks, structural=True, against_zero=True, last_first=True),
    EditKind("factors swapped", "DC104", 2, products.far_swaps, structural=True),
    EditKind("index", "DC109", 3, indexing.indices, renames=True, last_first=True),
    EditKind("index", "DC109", 3, indexing.lost_indices, renames=True),
    EditKind("stray index", "DC109", 3, indexing.stray_indices, renames=True),
    EditKind("index", "DC109", 3, indexing.steps, renames=True, last_first=True),
    EditKind("function", "DC110", 3, naming.twin_functions),
    EditKind("number", "DC106", 3, naming.off_by_one),
    EditKind("exponent", "DC108", 3, marks.squares),
    EditKind("symbol", "DC110", 3, naming.other_sizes, renames=True, last_first=True),
    EditKind("symbol", "DC110", 3, naming.other_symbols, renames=True, last_first=True),
    EditKind("derivative", "DC110", 2, naming.evaluated_derivatives, structural=True),
    EditKind("derivative", "DC110", 3, naming.derivative_variables),
    EditKind("sum or product", "DC111", 3, laws.merged_calls),
    EditKind("sum or product", "DC111", 3, laws.merged_sums),
    EditKind("inner function", "DC110", 3, composition.inner_functions, renames=True),
    EditKind("inner derivative", "DC106", 3, composition.inner_slopes, renames=True),
    EditKind("inner derivative", "DC106", 3, laws.inner_derivatives),
    EditKind("missing term", "DC111", 3, leibniz.missing_product_terms, structural=True, reshapes=False),
    EditKind("extra term", "DC111", 3, sums.dropped_terms),
    EditKind("symbol", "DC110", 3, naming.exchanged_letters, last_first=True),
    EditKind("transpose", "DC102", 3, products.whole_transposes, structural=True),
    EditKind("zero", "DC111", 3, sums.vanishing),
    EditKind("sum or product", "DC111", 4, laws.sums_for_products, renames=True),
    EditKind("symbol", "DC110", 4, naming.symbols_for_identities, renames=True),
    EditKind("summation", "DC111", 4, naming.dropped_sums),
    EditKind("summation", "DC111", 4, naming.added_sums),
    EditKind("missing factor", "DC111", 4, products.commutations),
    EditKind("missing factor", "DC111", 4, scalars.lost_scalars, renames=True),
    EditKind("symbol", "DC110", 4, naming.defined_symbols),
    EditKind("extra factor", "DC111", 4, products.dropped_factors),
    EditKind("exponent", "DC108", 4, marks.roots),
    EditKind("missing term", "DC111", 4, sums.added_transposes, structural=True, reshapes=False),
    EditKind("missing term", "DC111", 4, sums.added_halves, structural=True, reshapes=False),
    EditKind("missing term", "DC111", 4, missing.missing_constants, structural=True, against_zero=True, reshapes=False),
    EditKind("missing term", "DC111", 4, balance.missing_terms, balances=Balances.ADDS, reshapes=False),
    EditKind("missing term", "DC111", 4, missing.missing_symbols, renames=True, reshapes=False),
    EditKind("missing term", "DC111", 4, missing.missing_parts, reshapes=False),
    EditKind("extra term", "DC111", 4, balance.lone_terms, balances=Balances.DROPS),
    EditKind("missing factor", "DC111", 5, products.added_factors),
)
SIZES: tuple[int, ...] = tuple(sorted({k.size for k in KINDS}))
