# ruff: noqa: E501 - a row per case reads better than wrapped notes
"""What notes say in passing and formulas rest on: the true display passes, a slip in it is found."""

from __future__ import annotations

import pytest
from checked import FINDINGS, PASSES, last_verdicts

# (what is said before, a true display, a display that is one edit away)
PAIRS = [
    pytest.param(
        "For square $Z$ and $W$:",
        r"\mathsf d(ZWZ) = (\mathsf dZ)WZ + Z(\mathsf dW)Z + ZW(\mathsf dZ)",
        r"\mathsf d(ZWZ) = (\mathsf dZ)WZ - Z(\mathsf dW)Z + ZW(\mathsf dZ)",
        id="a differential in upright sans-serif",
    ),
    pytest.param(
        "Let $F\\in\\mathbb R^{d\\times k}$, $c\\in\\mathbb R^k$, $M\\in\\mathbb R^{n\\times d}$, $e\\in\\mathbb R^n$ and $Z = MF + ec^\\top$.",
        r"dZ = dM\,F + M\,dF + e\,dc^\top",
        r"dZ = dM\,F - M\,dF + e\,dc^\top",
        id="a differential beside those of what holds it, where d is a size as well",
    ),
    pytest.param(
        "Repeated indices are summed, a comma stands for a derivative.",
        r"(v_i\theta)_{,i} = v_{i,i}\theta + v_i\theta_{,i}",
        r"(v_i\theta)_{,i} = v_{i,i}\theta - v_i\theta_{,i}",
        id="commas that differentiate",
    ),
    pytest.param(
        "Repeated indices are summed and run from 1 to 3, $v_{i,k} = \\partial v_i/\\partial x_k$. Let\n\n$$D_{ik} = v_{i,k}+v_{k,i}$$",
        r"D_{ik,k} = v_{i,kk}+v_{k,ki}",
        r"D_{ik,k} = v_{i,kk}-v_{k,ki}",
        id="derivatives in a definition of entries",
    ),
    pytest.param(
        "Split the square matrix into $G = H+K$, with\n\n$$H = \\tfrac12(G+G^\\top),\\qquad K = \\tfrac12(G-G^\\top).$$",
        r"H^\top H - K^\top K = \tfrac12(G^\top G^\top + GG)",
        r"H^\top H - K^\top K = \tfrac12(G^\top G^\top - GG)",
        id="the parts of a sum are defined by the whole",
    ),
    pytest.param(
        "With a vector $z$ let\n\n$$q_i = z_i/\\sum_k z_k .$$\n\n$i\\neq j$ 时",
        r"\frac{\partial q_i}{\partial z_j} = -\frac{z_i}{(\sum_k z_k)^2}",
        r"\frac{\partial q_i}{\partial z_j} = \frac{z_i}{(\sum_k z_k)^2}",
        id="different indices",
    ),
    pytest.param(
        "Let $w\\in\\mathbb R^m$, $\\tau^2 = w^\\top w$ and $v = w/\\tau$.",
        r"\frac{\partial v}{\partial w} = \frac1\tau(I-vv^\top)",
        r"\frac{\partial v}{\partial w} = \frac1\tau(I+vv^\top)",
        id="a letter whose square is given",
    ),
    pytest.param(
        "Let the square matrix $M$ be affine in $s$.",
        r"\frac{d^2}{ds^2}M^2 = 2\left(\frac{dM}{ds}\right)^2",
        r"\frac{d^2}{ds^2}M^2 = -2\left(\frac{dM}{ds}\right)^2",
        id="the degree of a function in words",
    ),
    pytest.param(
        "The square matrix $M(s)$ has $M''=0$.",
        r"\frac{d^2}{ds^2}M^2 = 2\left(\frac{dM}{ds}\right)^2",
        r"\frac{d^2}{ds^2}M^2 = -2\left(\frac{dM}{ds}\right)^2",
        id="a second derivative that vanishes",
    ),
    pytest.param(
        "Let $y\\in\\mathbb R^n$, and let $M=P\\Sigma W^\\top\\in\\mathbb R^{n\\times k}$ be its thin singular value decomposition.",
        r"(M^\top M+\mu I)^{-1}M^\top y = W(\Sigma^2+\mu I)^{-1}\Sigma P^\top y",
        r"(M^\top M+\mu I)^{-1}M^\top y = W(\Sigma+\mu I)^{-1}\Sigma P^\top y",
        id="a factorization by its name",
    ),
    pytest.param(
        "The spectral decomposition of the symmetric matrix $S$ is $S=E\\Lambda E^\\top$.",
        r"(S+\mu I)^{-1} = E(\Lambda+\mu I)^{-1}E^\top",
        r"(S+\mu I)^{-1} = E^\top(\Lambda+\mu I)^{-1}E",
        id="a factorization named before it is written",
    ),
    pytest.param(
        "Let $M=P\\Sigma W^\\top$, where $P^\\top P=W^\\top W=I_r$ and $\\Sigma$ is diagonal.",
        r"M^\top M = W\Sigma^2W^\top",
        r"M^\top M = P\Sigma^2P^\top",
        id="orthonormal columns of two matrices in one equation",
    ),
    pytest.param(
        "Let $\\mathbf M$ be $3\\times3$, $\\mathbf N=\\mathbf M-\\mathbf 1$ and $\\mathbf G=\\frac12(\\mathbf M^\\top\\mathbf M-\\mathbf 1)$.",
        r"\mathbf G = \frac12(\mathbf N+\mathbf N^\top+\mathbf N^\top\mathbf N)",
        r"\mathbf G = \frac12(\mathbf N+\mathbf N^\top-\mathbf N^\top\mathbf N)",
        id="a bold 1 as the identity",
    ),
    pytest.param(
        "Let $M$ and $N$ be square.",
        r"\operatorname{tr}(I+MN) = 3+\operatorname{tr}(NM)",
        r"\operatorname{tr}(I+MN) = 3-\operatorname{tr}(NM)",
        id="the trace of the identity tells the order",
    ),
    pytest.param(
        "Let $M$ be an invertible square matrix, $M=QW$ with a rotation $Q$ and a symmetric positive definite $W$. Put $K=\\dot MM^{-1}$ and $Z=M^\\top M$.",
        r"\dot Z = M^\top(K+K^\top)M",
        r"\dot Z = M(K+K^\top)M^\top",
        id="a definition that stands in the way of what moves",
    ),
    pytest.param(
        "Let $N$ be square and $Z=NN^\\top$. It follows that $Z=QWQ^\\top$ with $W=N^\\top N$.",
        r"Z^2 = NN^\top NN^\top",
        r"Z^2 = NNN^\top N^\top",
        id="what follows defines nothing again",
    ),
    pytest.param(
        "Repeated indices are summed from 1 to 3. Let $\\mathbf G$ be invertible, $K=\\det\\mathbf G$.",
        r"\frac{\partial K}{\partial G_{iL}} = KG^{-1}_{Li}",
        r"\frac{\partial K}{\partial G_{iL}} = KG^{-1}_{iL}",
        id="capital indices",
    ),
    pytest.param(
        "# Before\n\nThere are $H$ layers, $G\\in\\mathbb R^{H\\times H}$.\n\n# Again\n\nLet $\\boldsymbol s\\in\\mathbb R^m$, $\\boldsymbol c\\in\\mathbb R^m$ one-hot,\n\n$$q_i=\\frac{e^{s_i}}{\\sum_{j=1}^m e^{s_j}},\\qquad H=-\\sum_{i=1}^m c_i\\log q_i,$$\n\nand $\\boldsymbol s=M\\boldsymbol u$ with $M\\in\\mathbb R^{m\\times k}$. Then",
        r"\nabla_{\boldsymbol u}H = M^\top(\boldsymbol q-\boldsymbol c)",
        r"\nabla_{\boldsymbol u}H = M^\top(\boldsymbol q+\boldsymbol c)",
        id="a bold letter by its members, a letter for a size elsewhere",
    ),
    pytest.param(
        "Let $R$ and $S$ be symmetric positive definite, $\\mu\\in\\mathbb R^d$.",
        r"\operatorname{tr}(S^{-1}R)-d = \operatorname{tr}(S^{-1}(R-S))",
        r"\operatorname{tr}(S^{-1}R)-d = \operatorname{tr}(S^{-1}(R+S))",
        id="a size beside a trace is the order",
    ),
    pytest.param(
        "$V$ = orth., $\\Lambda$ – diag., $b$: vector",
        r"\|V\Lambda b\|^2 = b^\top\Lambda^2b",
        r"\|V\Lambda b\|^2 = -b^\top\Lambda^2b",
        id="what a sign between a letter and words says",
    ),
    pytest.param(
        "The vector $z\\in\\mathbb R^n$ solves $H(\\tau)z = b$, where the invertible $n\\times n$ matrix $H$ depends on a scalar $\\tau$, and $b$ does not depend on it.",
        r"\frac{dz}{d\tau} = -H^{-1}\frac{dH}{d\tau}z",
        r"\frac{dz}{d\tau} = H^{-1}\frac{dH}{d\tau}z",
        id="a noun in the singular is said of one letter",
    ),
    pytest.param(
        "The matrices $S_{t+1}$ are symmetric. Write $S$ for $S_{t+1}$.",
        r"(y+z)^\top S(y+z) = y^\top Sy + 2z^\top Sy + z^\top Sz",
        r"(y+z)^\top S(y+z) = y^\top Sy - 2z^\top Sy + z^\top Sz",
        id="a shorter name",
    ),
    pytest.param(
        "Let $W = W^\\top \\succ 0$ be $n\\times n$.",
        r"(y^\top W^{-1}z)^2 = (z^\top W^{-1}y)(y^\top W^{-1}z)",
        r"(y^\top W^{-1}z)^2 = (z^\top W^{-1}y)(y^\top Wz)",
        id="positive definite is said of the matrix, not of its transpose",
    ),
    pytest.param(
        "Let $y\\in\\mathbb R^n$ and $B\\in\\mathbb R^{n\\times n}$.\n\nScalar case $n=1$.\n\n$$B\\cdot y = yB$$\n\nIn general,",
        r"\frac{\partial}{\partial y}(y^\top By) = (B+B^\top)y",
        r"\frac{\partial}{\partial y}(y^\top By) = (B-B^\top)y",
        id="a special case does not go on",
    ),
    pytest.param(
        "Let $V$ be an orthogonal $p\\times p$ matrix and $V_k$ the matrix that holds the first $k$ columns of $V$. "
        "With the first $k$ columns $V_k$ of $V$ we put $Q = V_kV_k^\\top$.",
        r"Q^2V_k = V_k",
        r"Q^2V_k = -V_k",
        id="the first columns",
    ),
    pytest.param(
        "Let $z\\in\\mathbb R^p$ be a random vector with mean $m$ and covariance matrix $C$.",
        r"C = \mathbb E[(z-m)(z-m)^\top] = \mathbb E[zz^\top] - mm^\top",
        r"C = \mathbb E[(z-m)(z-m)^\top] = \mathbb E[zz^\top] + mm^\top",
        id="a covariance that has been named is not defined again",
    ),
    pytest.param(
        "Write $\\bar Z = \\partial\\ell/\\partial Z$ for a scalar $\\ell$. Let $R = FG$ with $F\\in\\mathbb R^{a\\times b}$ and $G\\in\\mathbb R^{b\\times c}$.",
        r"\frac{\partial\ell}{\partial G} = F^\top\bar R, \qquad \bar F = \bar RG^\top",
        r"\frac{\partial\ell}{\partial G} = F\bar R, \qquad \bar F = \bar RG^\top",
        id="a bar over any letter",
    ),
    pytest.param(
        "Repeated indices are summed, $H_{ik}=H_{ki}$ and $q_{ik}=-q_{ki}$.",
        r"(H_{ik}+q_{ik})(H_{ki}+q_{ki}) = H_{ik}H_{ik} - q_{ik}q_{ik}",
        r"(H_{ik}+q_{ik})(H_{ki}+q_{ki}) = H_{ik}H_{ik} + q_{ik}q_{ik}",
        id="symmetry by entries",
    ),
    pytest.param(
        "The Khatri-Rao product is written $Y\\star Z$, the Hadamard product $\\odot$.",
        r"(Y\star Z)^\top(Y\star Z) = Y^\top Y\odot Z^\top Z",
        r"(Y\star Z)^\top(Y\star Z) = YY^\top\odot Z^\top Z",
        id="a sign for the Khatri-Rao product",
    ),
    pytest.param(
        "For square $A$, $B$ we write $A\\oplus B = A\\otimes I + I\\otimes B$.",
        r"(M\oplus N)^\top = M^\top\oplus N^\top",
        r"(M\oplus N)^\top = N^\top\oplus M^\top",
        id="a sign that an equation explains",
    ),
    pytest.param(
        "Let $Z\\in\\mathbb R^{m\\times n}$ and $g = \\|Z\\|_F^2$.\n\n$$dg = 2\\operatorname{tr}(Z^\\top dZ)$$\n\nNow $g = \\log\\det Z$, where $Z$ is an invertible matrix of order $n$.",
        r"dg = \operatorname{tr}(Z^{-1}dZ)",
        r"dg = \operatorname{tr}(ZdZ)",
        id="what is said behind a definition holds for it",
    ),
    pytest.param(
        "A prime denotes transposition, $Z$ is $m\\times n$, $K_{mn}$ is the commutation matrix.",
        r"\operatorname{vec}((dZ)'Z) = (Z'\otimes I_n)\operatorname{vec}(dZ)' = (Z'\otimes I_n)K_{mn}\,d\operatorname{vec}Z",
        r"\operatorname{vec}((dZ)'Z) = (Z'\otimes I_n)\operatorname{vec}(dZ)' = (I_n\otimes Z')K_{mn}\,d\operatorname{vec}Z",
        id="a prime behind the argument of vec",
    ),
    pytest.param(
        "Labels $z_i \\in \\{0,1\\}$ are collected in $z\\in\\mathbb R^n$, the inputs $a_i\\in\\mathbb R^p$ are stacked as the rows $a_i^\\top$ of $M$ ($n\\times p$).",
        r"\sum_{i=1}^n z_ia_i = M^\top z",
        r"\sum_{i=1}^n z_ia_i = Mz",
        id="numbers that are entries of a vector",
    ),
    pytest.param(
        "A prime is the transpose, $S$ is symmetric.",
        r"(Gx+Hu)'S(Gx+Hu) + u'Su = x'(G'SG)x + 2u'H'SGx + u'(S + H'SH)u",
        r"(Gx+Hu)'S(Gx+Hu) + u'Su = x'(G'SG)x + u'H'SGx + u'(S + H'SH)u",
        id="a transposed vector before a bracket",
    ),
    pytest.param(
        "Let $q = \\operatorname{softmax}(v)$, that is $q_i = e^{v_i}/\\sum_k e^{v_k}$.",
        r"\frac{\partial q}{\partial v} = \operatorname{diag}(q) - qq^\top",
        r"\frac{\partial q}{\partial v} = \operatorname{diag}(q) - q^\top q",
        id="what is a vector elsewhere is no number here",
    ),
    pytest.param(
        "Stacking columns,",
        r"\operatorname{vec}(yz^\top) = z\otimes y",
        r"\operatorname{vec}(yz^\top) = y\otimes z",
        id="what stands beside a Kronecker product is no number",
    ),
    pytest.param(
        "We have $\\operatorname{vec}(yz^\\top) = z\\otimes y$ and",
        r"\operatorname{vec}\Big(\sum_k y_kz_k^\top\Big) = \sum_k z_k\otimes y_k",
        r"\operatorname{vec}\Big(\sum_k y_kz_k^\top\Big) = \sum_k y_k\otimes z_k",
        id="members that are transposed are no entries",
    ),
]


@pytest.mark.parametrize(("before", "true", "wrong"), PAIRS)
def test_the_true_display_passes_and_the_slip_is_found(before: str, true: str, wrong: str) -> None:
    assert PASSES.issuperset(last_verdicts(f"{before}\n\n$${true}$$")), true
    assert FINDINGS & set(last_verdicts(f"{before}\n\n$${wrong}$$")), wrong


SILENT = [
    # two Greek letters may be vectors
    "Let $a_1,\\dots,a_n\\in\\mathbb R^p$ be the rows of $M$ and $z\\in\\mathbb R^n$. Write $\\mu_i = a_i^\\top\\beta$.\n\n$$\\sum_{i=1}^n (z_i-\\mu_i)a_i = M^\\top(z-\\mu)$$",
    # the copies of a random vector are vectors, their mean is one
    "Let $z\\in\\mathbb R^p$ be random with mean $m$ and covariance matrix $C$. For copies $z_1,\\dots,z_n$ of $z$ put $\\bar z=\\frac1n\\sum_{i=1}^n z_i$.\n\n$$\\operatorname{Cov}(\\bar z) = \\frac1{n^2}\\sum_{i=1}^n C$$",
    # the domain of a function says what its argument is
    "Let $|Z|$ be the determinant of the square matrix $Z$.\n\nThe Jacobian matrix of $G:\\mathbb R^{n\\times q}\\to\\mathbb R^{m\\times p}$ is\n\n$$\\mathsf DG(Z) = \\frac{\\partial\\operatorname{vec}G(Z)}{\\partial(\\operatorname{vec}Z)^\\top}$$",
    # what a defined matrix is made of may be symmetric
    "Writing $S$ for $S_t$, where\n\n$$S_t = MS_{t-1}M^\\top + N$$\n\nwe get\n\n$$\\frac{\\partial}{\\partial K}\\operatorname{tr}(KSK^\\top) = 2KS$$",
]


@pytest.mark.parametrize("text", SILENT)
def test_what_was_left_unsaid_is_no_mistake(text: str) -> None:
    assert not FINDINGS & set(last_verdicts(text)), text
