"""Unicode mathematics as the control sequence or ASCII character it stands for."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

CJK = (
    "\u2e80-\u2fdf\u3005-\u3007\u3031-\u318f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
)

_GREEK = (
    "α alpha β beta γ gamma δ delta ε varepsilon ϵ epsilon ζ zeta η eta θ theta ϑ vartheta ι iota κ "
    "kappa λ lambda "
    "μ mu µ mu ν nu ξ xi π pi ϖ varpi ρ rho ϱ varrho σ sigma ς varsigma τ tau υ upsilon φ varphi ϕ "
    "phi χ chi ψ psi "
    "ω omega Γ Gamma Δ Delta Θ Theta Λ Lambda Ξ Xi Π Pi Σ Sigma Υ Upsilon Φ Phi Ψ Psi Ω Omega"
)
_SIGNS = (
    "≤ le ≥ ge ≦ leqq ≧ geqq ⩽ leqslant ⩾ geqslant ≠ ne ≈ approx ≃ simeq ≅ cong ≡ equiv ∼ sim ∝ "
    "propto ≪ ll ≫ gg "
    "≜ triangleq ≝ triangleq ≔ coloneqq ≕ eqqcolon ≐ doteq ≺ prec ≻ succ ≼ preceq ≽ succeq ⪯ preceq ⪰ succeq "
    "∈ in ∉ notin ∋ ni ⊂ subset ⊃ supset ⊆ subseteq ⊇ supseteq ∥ parallel ⊥ perp "
    "← leftarrow → to ↔ leftrightarrow ⇐ Leftarrow ⇒ Rightarrow ⇔ Leftrightarrow ⟹ implies ⟺ iff ↦ mapsto "
    "∴ therefore ∵ because ∀ forall ∃ exists ¬ neg ∧ wedge ∨ vee ∪ cup ∩ cap ∅ emptyset "
    "× times ÷ div ± pm ∓ mp · cdot ⋅ cdot ∙ cdot • bullet ∘ circ ◦ circ ∗ ast ⋆ star ⊗ otimes ⊙ "
    "odot ⊕ oplus ⊖ ominus "
    "∂ partial ∇ nabla ∑ sum ∏ prod ∫ int ∬ iint ∭ iiint ∮ oint √ sqrt ∞ infty ℓ ell ℏ hbar ℜ Re ℑ "
    "Im ⊤ top † dagger "
    "… ldots ⋯ cdots ⋮ vdots ⋱ ddots ⟨ langle ⟩ rangle 〈 langle 〉 rangle ⌊ lfloor ⌋ rfloor ⌈ lceil "
    "⌉ rceil ‖ | "
    "ı imath ȷ jmath"
)
_DOUBLE_STRUCK = {"ℝ": "R", "ℂ": "C", "ℕ": "N", "ℤ": "Z", "ℚ": "Q", "ℙ": "P", "ℍ": "H"}
_SCRIPT = {"ℒ": "L", "ℋ": "H", "ℱ": "F", "ℰ": "E", "ℬ": "B", "ℐ": "I", "ℳ": "M", "ℛ": "R"}


def _pairs(words: str) -> Iterator[tuple[str, str]]:
    parts = words.split()
    return zip(parts[::2], ("\\" + name for name in parts[1::2]), strict=True)


COMMANDS: dict[str, str] = {**dict(_pairs(_GREEK)), **dict(_pairs(_SIGNS))}

ASCII: dict[str, str] = {
    "，": ",", "、": ",", "。": ".", "．": ".", "；": ";", "：": ":", "（": "(",
    "）": ")", "［": "[", "］": "]",
    "【": "[", "】": "]", "｜": "|", "∣": "|", "＝": "=", "＋": "+", "－": "-",
    "−": "-", "–": "-", "—": "-", "＊": "*",
    "／": "/", "∕": "/", "⁄": "/", "＜": "<", "＞": ">", "！": "!", "′": "'",
    "’": "'", "‘": "'", "∶": ":", "︰": ":",
}  # fmt: skip

SUPERSCRIPTS: dict[str, str] = {
    **dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ", "0123456789+-=()ni", strict=True)), "ᵀ": "T", "ᵗ": "t",
    "ᴴ": "H", "ᵏ": "k",
}  # fmt: skip
SUBSCRIPTS: dict[str, str] = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ᵢⱼₖₙₘₓ", "0123456789+-=()ijknmx", strict=True))


def styled_letter(character: str) -> tuple[str, str] | None:
    """(font command, letter) of a mathematical alphanumeric or letter-like symbol: 𝐀 is `\\mathbf` A."""
    if letter := _DOUBLE_STRUCK.get(character):
        return "\\mathbb", letter
    if letter := _SCRIPT.get(character):
        return "\\mathcal", letter
    if not "\U0001d400" <= character <= "\U0001d7ff":
        return None
    name, plain = unicodedata.name(character, ""), unicodedata.normalize("NFKC", character)
    for word, font in (
        ("DOUBLE-STRUCK", "\\mathbb"),
        ("SCRIPT", "\\mathcal"),
        ("FRAKTUR", "\\mathfrak"),
        ("BOLD", "\\mathbf"),
        ("SANS-SERIF", "\\mathsf"),
        ("MONOSPACE", "\\mathtt"),
    ):
        if word in name:
            return font, plain
    return "", plain
