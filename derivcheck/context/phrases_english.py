# ruff: noqa: E501 - one row per phrase family reads better than wrapped patterns
"""English phrases, the more special before the more general."""

from __future__ import annotations

from derivcheck.context.phrases import Phrase, Role

_SAME = r"(?:the same|equal|identical|common|matching)"
_EXTENT = r"(?:sizes?|orders?|shapes?|dimensions?|dims?|type|length)"

_GRAMMAR: tuple[Phrase, ...] = (
    Phrase(r"(?:is|are|need)(?:n't| not)(?: (?:necessarily|required to be|assumed(?: to be)?|be))?", Role.NEGATE),
    Phrase(r"not(?: (?:necessarily|assumed(?: to be)?|required to be|be))?|neither|nor|never|without|no longer", Role.NEGATE),
    Phrase(r"rather than|instead of|unless|whether|cannot be|fails to be|as opposed to", Role.NEGATE),
    Phrase(r"non-?(?:symmetric|square|orthogonal|diagonal|invertible)|unsymmetric|asymmetric", Role.WORD),
    Phrase(r"(?:is|are|be) (?:called|said to be|termed|named|known as)|called", Role.CALLED),
    Phrase(r"in this (?:sub)?section|throughout this (?:sub)?section", Role.WORD),
    Phrase(r"denotes? by|denoted by|write|we write|abbreviate", Role.DEFINE),
    Phrase(r"(?:assumed|supposed|taken|known) to be|assumed(?! that)", Role.COPULA),
    Phrase(r"(?:is|are|be|being|denotes?|represents?|stands? for|means|will be|is assumed(?: to be)?|are assumed(?: to be)?|has|have|having)", Role.COPULA),
    Phrase(r"as well as|and|or|respectively|resp", Role.JOIN),
    Phrase(r"if and only if|iff|if instead|if|when(?:ever)?|provided(?: that)?|as long as|once|in case"
           r"|(?:(?:in|for|to) )?(?:(?:a|the|this) )?(?:(?:special|scalar|simple|simplest|particular|univariate|one-dimensional) )?case(?: of| with| where| that)?(?= M)", Role.IF),
    Phrase(r"in (?:general|particular|practice|fact|addition|this case|our case|that case)|by (?:assumption|construction|definition|hypothesis)|of course", Role.WORD),
    Phrase(r"for brevity|for short|for example|for instance", Role.WORD),
    Phrase(r"for|along (?:(?:the|all|any|every|its) )?(?:[a-z-]+ )?(?:solutions?|trajector(?:y|ies)|orbits?|motions?|flow)(?: of| to)?", Role.FOR),
    Phrase(r"where(?:in|by)?|here|in which|(?:noting|noticing|recalling|remembering|using the fact|by the fact) that|because|since", Role.WHERE),
    Phrase(r"such that|subject to|satisf(?:y|ies|ying)|solv(?:e|es|ing)", taint=True, verb=True),
    Phrase(r"let|put|set(?= M)|defin(?:e|es|ing)|introduc(?:e|ing)|letting|setting|putting|abbreviating", Role.DEFINE),
    Phrase(r"suppose(?: that)?|assum(?:e|ing)(?: that)?|consider|given|with|take|taking|choos(?:e|ing)|pick(?:ing)?|treat(?:ing)?|regard(?:ing)?|fix", Role.LET),
    Phrase(r"that is|i\.e\.|namely|in other words", Role.DERIVE, restates=True),
    Phrase(r"re-?writ(?:es?|ing|ten)|note that|recall(?: that)?|differentiating|using|applying|identity|formula|rule|proves?|shows?|hence|thus|therefore|then|so that|so|implies|imply|gives?|yields?|it follows|we (?:get|have|obtain|find|see)|becomes?", Role.DERIVE),
    Phrase(r"same-size[d]?|shaped like M", like=True),
    Phrase(r"(?:an?|the|any|some|all|both|also|again|real|arbitrary|each|every|two|three|general|generic|now|known|tall|wide|"
           r"smooth|(?:twice |continuously )*differentiable|dense|whole|our|its|finite|large|small|ones?|but otherwise)", Role.SKIP),
    Phrase(r"of|in|on|by|to|from|at|over|under|between|into|onto|that|which|whose|this|these|as|than|through|via|it|we", Role.PREPOSITION),
)  # fmt: skip

_EXTENTS: tuple[Phrase, ...] = (
    Phrase(r"M[- ]by[- ]M", extent="rows-cols"),
    Phrase(r"\(S\)", extent="size"),
    Phrase(r"square of order M", kind="square", extent="order", adjective=True),
    Phrase(rf"(?:(?:of|with|has|have|is|are) )?{_SAME} {_EXTENT}(?: (?:as|of) M)?", like=True),
    Phrase(r"(?:(?:of|with|having) )?(?:size|orders?|shape|dimensions?)(?: of)? \(?S\)?", extent="size"),
    Phrase(r"of (?:common )?(?:length|size|dimension|dim) M", extent="length"),
    Phrase(r"of order M", extent="order"),
    Phrase(r"of (?:pairwise |three |two )?(?:different|distinct) (?:dimensions?|lengths?)", extent="unlike"),
    Phrase(r"(?:with|having|has) M rows and M columns", kind="matrix", extent="rows-cols"),
    Phrase(r"(?:with|having|has) M columns", kind="matrix", extent="cols"),
    Phrase(r"(?:with|having|has) M rows", kind="matrix", extent="rows"),
    Phrase(r"(?:with|having|has) M (?:entries|components|elements|coordinates)", kind="vector", extent="length"),
    Phrase(r"M[- ]?(?:dimensional|component|element)", extent="length"),
    Phrase(r"M-column vectors?", kind="column", extent="length"),
    Phrase(r"M-row vectors?", kind="row", extent="length"),
    Phrase(r"M-vectors?", kind="vector", extent="length"),
)  # fmt: skip

_MEANINGS: tuple[Phrase, ...] = (
    Phrase(r"commutation matri(?:x|ces)", meaning="commutation"),
    Phrase(r"duplication matri(?:x|ces)", meaning="duplication"),
    Phrase(r"elimination matri(?:x|ces)", meaning="elimination"),
    Phrase(r"centering matrix|centring matrix", meaning="centering"),
    Phrase(r"(?:identity|unit) matri(?:x|ces)|identity(?= M)", meaning="identity"),
    Phrase(r"(?:zero|null) matri(?:x|ces)", kind="matrix", meaning="zero"),
    Phrase(r"zero vectors?", kind="vector", meaning="zero"),
    Phrase(r"(?:all[- ])?ones vector|vector of (?:all )?(?:ones|1s)|all-one vector", kind="vector", meaning="ones"),
    Phrase(r"(?:filled with|consists? of|made of|has) (?:all )?(?:ones|1s)|all[- ](?:ones|1s)|(?:all |each |every |whose |with |all (?:of )?(?:its|whose) )(?:entr(?:y|ies)|elements?|components?|coordinates?)(?: (?:is|are|being))?(?: all)?(?: equal to)? (?:ones?|1s?|unity)", meaning="ones"),
    Phrase(r"(?:all[- ])?ones matrix|matrix of (?:all )?ones", kind="matrix", meaning="ones"),
    Phrase(r"(?:standard|canonical|natural) (?:unit )?basis vectors?|(?:coordinate|standard) unit vectors?|M-?(?:th|st|nd|rd) (?:unit|basis) vectors?", kind="vector", meaning="basis"),
    Phrase(r"(?:permutation|alternating|levi-?civita) (?:symbol|tensor)", meaning="levi-civita"),
    Phrase(r"kronecker(?:'s)? delta", meaning="kronecker"),
    Phrase(r"(?:first )?variations?(?= of M)|first variation|virtual (?:displacement|change)s?", meaning="variation"),
    Phrase(r"cofactor matrix(?: of M)?", meaning="cofactor matrix", of=True),
    Phrase(r"(?:M[- ]?(?:th|st|nd|rd|entry)?[- ]?)?cofactors?(?: of (?:the entry )?M)?", meaning="cofactor", of=True),
    Phrase(r"(?:M[- ]?(?:th|st|nd|rd|entry)?[- ]?)?minors?(?: of M)?", meaning="minor", of=True),
    Phrase(r"(?:classical )?adjugate(?: matrix)?(?: of M)?|classical adjoint(?: of M)?", meaning="adjugate", of=True),
    Phrase(r"(?:left|right|one-sided|additive|group|drazin|weighted) inverse of M", taint=True),
    Phrase(r"inverse of M", meaning="inverse", of=True),
    Phrase(r"transpose of M", meaning="transpose", of=True),
    Phrase(r"(?:moore[-–]penrose )?(?:pseudo-?inverse|generalized inverse) of M", meaning="pseudoinverse", of=True),
    Phrase(r"determinant of M", kind="scalar", meaning="determinant", of=True),
    Phrase(r"trace of M", kind="scalar", meaning="trace", of=True),
    Phrase(r"hessian(?: matrix)? of M(?: at M)?", meaning="hessian", of=True),
    Phrase(r"gradient(?: vector)? of M(?: at M)?", meaning="gradient", of=True),
    Phrase(r"jacobian(?: matrix)? of M(?: at M)?", meaning="jacobian", of=True),
)  # fmt: skip

_NOUNS: tuple[Phrase, ...] = (
    Phrase(r"scalar(?:-valued| valued)? functions?(?: of M)?|real(?:-| )valued functions?(?: of M)?", kind="scalar function", argument=True),
    Phrase(r"vector(?:-valued| valued)? functions?(?: of M)?", kind="vector function", argument=True),
    Phrase(r"matrix(?:-valued| valued)? functions?(?: of M)?", kind="matrix function", argument=True),
    Phrase(r"functions? of (?:time )?M(?: alone| only)?|(?:depends?|depending) (?:smoothly |only )?(?:up)?on (?:time )?M|(?:varies|vary|varying) (?:smoothly )?(?:with|in|over) (?:time )?M", kind="function", argument=True),
    Phrase(r"functions? of time|(?:depends?|depending) (?:smoothly |only )?(?:up)?on time|(?:varies|vary|varying) (?:smoothly )?(?:with|in|over) time", kind="function", by="t"),
    Phrase(r"time-(?:varying|dependent)", kind="function", by="t", adjective=True),
    Phrase(r"functions?(?! of)(?! space)|map(?:s|ping)?(?! of)", kind="function"),
    Phrase(r"column vectors?|column(?= M of (?:length|size))", kind="column"),
    Phrase(r"row vectors?|row(?= M of (?:length|size))", kind="row"),
    Phrase(r"probability (?:vectors?|distributions?)", kind="vector", props=("probability",)),
    Phrase(r"(?:sum to|summing to|sums to) (?:one|1|unity)", kind="vector", props=("probability",)),
    Phrase(r"one-?hot(?:[- ]encod(?:ed|ing))?(?: (?:label|target|class))?(?: vectors?)?", kind="vector", props=("one_hot",)),
    Phrase(r"unit eigenvectors?", kind="vector", props=("unit",), taint=True, meaning="eigenvector"),
    Phrase(r"unit vectors", kind="vector", props=("unit",), definite="basis"),
    Phrase(r"unit vector|unit[- ](?:norm|length)(?: vectors?)?|normali[sz]ed vectors?|unit (?:(?:rotation|surface|outward|outer) )?(?:normals?|directions?|tangents?|ax[ei]s)(?: vectors?)?", kind="vector", props=("unit",)),
    Phrase(r"scalar (?:loss|cost|objective|energy|potential|parameter|coefficient|quantity|output)(?: functions?)?", kind="scalar"),
    Phrase(r"(?:loss|cost|objective)(?: function)?(?= M)", kind="scalar"),
    Phrase(r"lagrangian(?: function)?(?= M)|(?:kinetic|potential|total|internal|free|strain|elastic) energy(?= M)", kind="scalar"),
    Phrase(r"scalars?(?! (?:multipl|product|field|matri|case))(?!-)|real numbers?|(?<!condition )numbers? (?=M)", kind="scalar"),
    Phrase(r"complex (?:numbers?|scalars?)", kind="scalar", props=("complex",)),
    Phrase(r"(?:strictly )?positive (?:numbers?|reals?|constants?|scalars?)", kind="scalar", props=("positive",)),
    Phrase(r"positive integers?|natural numbers?", kind="scalar", props=("natural",)),
    Phrase(r"non-?negative integers?", kind="scalar", props=("integer", "nonnegative")),
    Phrase(r"integers?", kind="scalar", props=("integer",)),
    Phrase(r"(?<!cross-)(?<!cross )(?:variance-)?covariance matri(?:x|ces)|covariances?(?= M)|(?:noise|prior|posterior|predict(?:ed|ion|ive)|filter(?:ed|ing)?|smooth(?:ed|ing)|state|process|measurement|innovation) covariances?(?! (?:of|between|function|kernel))|(?:precision|correlation) matri(?:x|ces)", kind="square", props=("spd",)),
    Phrase(r"(?:gram(?:ian)?|kernel) matri(?:x|ces)", kind="square", props=("psd",)),
    Phrase(r"permutation matri(?:x|ces)", kind="square", props=("permutation",)),
    Phrase(r"doubly stochastic(?: matri(?:x|ces))?", kind="square", props=("stochastic",), taint=True),
    Phrase(r"(?:row[- ])?stochastic matri(?:x|ces)", kind="square", props=("stochastic",)),
    Phrase(r"rotation matri(?:x|ces)|rotations?(?= M)|rotation(?! (?:angles?|ax[ei]s|by|about|of|in|vectors?|numbers?|speed|rate))", kind="square", props=("rotation",)),
    Phrase(r"oblique project(?:ion|or)s?(?: matri(?:x|ces))?", kind="square", props=("idempotent",)),
    Phrase(r"(?:orthogonal )?project(?:ion|or) matri(?:x|ces)|orthogonal project(?:ion|or)s?|projectors?(?= M)", kind="square", props=("projection",)),
    Phrase(r"matri(?:x|ces)(?! (?:multiplication|products?|calculus|algebra|derivatives?|equations?|inverse|norms?|exponential|notation|form|elements?|entr|of partial|-))", kind="matrix"),
    Phrase(r"vectors?(?! (?:spaces?|fields?|norms?|products?|calculus|notation|addition|derivative))(?!-)", kind="vector"),
)  # fmt: skip

_ADJECTIVES: tuple[Phrase, ...] = (
    Phrase(r"(?:(?:real )?symmetric(?: and|,)? )?(?:strictly )?positive[- ]definite|spd|(?:symm?\.? )?pos\.? ?def\.?", props=("spd",)),
    Phrase(r"(?:symmetric(?: and|,)? )?(?:positive[- ]semi-?definite|non-?negative[- ]definite)|psd|(?:symm?\.? )?pos\.? ?semi-?def\.?", props=("psd",)),
    Phrase(r"negative[- ](?:semi-?)?definite|indefinite", props=("symmetric",), taint=True),
    Phrase(r"skew(?:-| )?symmetric|anti-?symmetric|skew(?= M)|(?:skew|anti)[- ]?symm?\.?", props=("skew",)),
    Phrase(r"(?:real-)?symmetric(?: in structure)?(?! (?:about|in |difference|function|group|bilinear|distribution|part))|symmetry(?= matri| of M)(?: of)?|symm?\.?", props=("symmetric",)),
    Phrase(r"hermitian", props=("symmetric", "hermitian")),
    Phrase(r"complex(?:-valued| valued)?(?= (?:[a-z-]+ ){0,2}(?:matri|vector|column|row))", props=("complex",)),
    Phrase(r"orthonormal columns|orthonormal cols?\.?|orthonormal(?! bas[ei]s)", props=("orthonormal",)),
    Phrase(r"(?:pairwise |mutually )orthogonal", taint=True),
    Phrase(r"orthogonal(?! (?:to|complement|bas[ei]s|group|set|direction))|orth(?:og)?\.?(?! (?:proj|to|compl))", props=("orthogonal",)),
    Phrase(r"unitary", props=("orthogonal", "unitary")),
    Phrase(r"block[- ](?:diagonal|triangular)|(?:tri|bi)diagonal", taint=True),
    Phrase(r"diagonal(?! (?:entr|element|of (?!order|size)|term|block|part))|diag\.|diag(?! ?(?:M|\())", props=("diagonal",)),
    Phrase(r"upper[- ]triang(?:ular|\.)?", props=("upper",)),
    Phrase(r"(?:unit lower|lower unit)[- ]?triangular", props=("unitriangular",)),
    Phrase(r"lower[- ]triang(?:ular|\.)?", props=("lower",)),
    Phrase(r"idemp(?:otent|\.)", props=("idempotent",)),
    Phrase(r"odd(?! (?:function|permutation|part|entr|ind|row|col|term|power|order|step|mode|one))", props=("odd",)),
    Phrase(r"(?<=\bis )even(?! (?:if|when|for|more|less|though|in|function))|even(?= (?:integer|natural|number))", props=("even",)),
    Phrase(r"inver[ts]ible|non-?(?:singular|degenerate)|inv(?:ert)?\.?(?! of)|non-?sing\.?", props=("invertible",)),
    Phrase(r"(?:of |has |with )?full col(?:umn|\.)?[- ]rank|(?:has |with )?(?:linearly )?independent columns", props=("full_column_rank",)),
    Phrase(r"(?:of |has |with )?full row[- ]rank|(?:has |with )?(?:linearly )?independent rows", props=("full_row_rank",)),
    Phrase(r"(?:of |has |with )?full rank", Role.SKIP),
    Phrase(r"(?:of |has |with )?rank M", extent="rank"),
    Phrase(r"square(?! (?:root|integrable|summable|bracket|of|loss|error|one|norm))", kind="square", adjective=True),
    Phrase(r"non-?negative", props=("nonnegative",)),
    Phrase(r"non-?zero|non-?vanishing", props=("nonzero",)),
    Phrase(r"(?:strictly )?positive(?! (?:part|root|direction))", props=("positive",)),
    Phrase(r"(?:strictly )?negative(?! (?:part|log|gradient|of))", props=("negative",)),
    Phrase(r"constants?|fixed(?! point)|do(?:es)? not (?:depend on|vary with|change (?:with|over)) (?:M|it|them|time|the variables?)|time-invariant", props=("constant",)),
    Phrase(r"(?:depends? )?(?:affine(?:ly)?|linear(?:ly)?)(?: function)? (?:in|of|on) M|depends? (?:affine|linear)ly on it", props=("affine",), argument=True),
    Phrase(r"(?:depends? )?quadratic(?:ally)?(?: function)? (?:in|of|on) M", props=("quadratic",), argument=True),
    Phrase(r"variable(?= matri| vector|s? M)|variable(?! in| of)", props=("variable",)),
    Phrase(r"(?:applied |acts? |acting |understood |taken |operates? )?(?:element-?wise|entry-?wise|component-?wise|coordinate-?wise|entry by entry|element by element)"
           r"(?! (?:product|multipl|division|inverse|power|square))", elementwise=True),
)  # fmt: skip

_TAINTS: tuple[Phrase, ...] = (
    Phrase(r"eigenvectors?|e(?:igen|ig)?\.?[- ]?vec(?:tor)?s?", kind="vector", taint=True, meaning="eigenvector"),
    Phrase(r"eigenvalues?|e(?:igen|ig)?\.?[- ]?val(?:ue)?s?", kind="scalar", taint=True, meaning="eigenvalue"),
    Phrase(r"sing(?:ular|\.)? (?:vec(?:tor)?s?|val(?:ue)?s?)|eigenpairs?|eigen-?decomposition|(?:singular value|spectral|qr|lu|cholesky|schur) "
           r"(?:decomposition|factori[sz]ation|factors?)|svd", taint=True),
    Phrase(r"random vectors?", kind="vector", props=("random",), taint=True),
    Phrase(r"random (?:variables?|vectors?|matri(?:x|ces))|random", props=("random",), taint=True),
    Phrase(r"(?:mutually |statistically |jointly )?independent(?! of| variable)", props=("independent",), taint=True),
    Phrase(r"uncorrelated|i\.i\.d\.?|iid", taint=True),
    Phrase(r"optimal|optimum|optimi[sz]er|minimi[sz]ers?|minimi[sz]es|minimum|maximi[sz]ers?|maximi[sz]es|stationary|critical points?|"
           r"solutions?|roots?(?= of)|fixed points?|equilibrium|steady[- ]state|least[- ]squares estimat(?:e|or)", taint=True),
    Phrase(r"(?:elements? of )?(?:an? |the )?(?:finite )?fields?(?= of characteristic| of order| with)|of characteristic|quaternions?|modulo|ring elements?", taint=True),
    Phrase(r"commut(?:e|es|ing)|nilpotent|involut(?:ory|ion)|toeplitz|hankel|circulant|vandermonde|singular|orthants?|"
           r"householder|companion matrix|hurwitz|tridiagonal|similar to|congruent|conjugate to|linearly dependent|rank[- ]one matri(?:x|ces)", taint=True),
)  # fmt: skip

ENGLISH: tuple[Phrase, ...] = (*_EXTENTS, *_MEANINGS, *_NOUNS, *_ADJECTIVES, *_TAINTS, *_GRAMMAR)
