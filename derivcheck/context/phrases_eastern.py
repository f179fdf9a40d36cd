
"""Japanese and Korean phrases, the more special before the more general. Their particles follow the formula."""

from __future__ import annotations

from derivcheck.context.phrases import Phrase, Role
from derivcheck.patterns import pattern

_PARTICLE = r"(?:とは|は|が|を|(?:[를을는은가이])(?![가-힣]))"

_SAID = r"(?!\s*(?:行列|행렬|인)?(?:で(?:は)?な|とは限ら|[이가]\s*아))"  # the negation follows

_GRAMMAR: tuple[Phrase, ...] = (
    Phrase(r"とは限らない|でない|ではない|非(?=対称|正則)|아닌|아니(?:다|라)", Role.NEGATE),
    Phrase(r"ならば|もし|만약|이면|라면", Role.IF),
    Phrase(r"ただし|ここで|여기서|단,", Role.WHERE),
    Phrase(r"したがって|よって|ゆえに|すると|따라서|그러므로|그러면", Role.DERIVE),
    Phrase(r"を満たす|を最小|最適|を解く|만족|최소|최적", taint=True),
    Phrase(rf"(?<=M){_PARTICLE}|(?<=M ){_PARTICLE}", Role.COPULA),
    Phrase(r"および|かつ|または|와|과|및|또는", Role.JOIN),
    Phrase(r"任意の|ある|実(?=対称|行列|ベクトル)|次(?=の)|の|임의의|실수", Role.SKIP),
)  # fmt: skip

_NOUNS: tuple[Phrase, ...] = (
    Phrase(r"単位行列|단위\s*행렬|항등\s*행렬", meaning="identity"),
    Phrase(r"回転行列|회전\s*행렬", kind="square", props=("rotation",)),
    Phrase(r"(?:分散)?共分散行列|공분산\s*행렬", kind="square", props=("spd",)),
    Phrase(r"射影行列|투영\s*행렬|사영\s*행렬", kind="square", props=("projection",)),
    Phrase(r"対角行列|대각\s*행렬", kind="square", props=("diagonal",)),
    Phrase(r"固有ベクトル|고유\s*벡터", kind="vector", taint=True, meaning="eigenvector"),
    Phrase(r"固有値|고유값|고윳값", kind="scalar", taint=True, meaning="eigenvalue"),
    Phrase(r"単位ベクトル|단위\s*벡터", kind="vector", props=("unit",)),
    Phrase(r"列ベクトル|縦ベクトル|열\s*벡터", kind="column"),
    Phrase(r"行ベクトル|横ベクトル|행\s*벡터", kind="row"),
    Phrase(r"ベクトル(?!空間|場)|벡터(?!\s*공간|장)", kind="vector"),
    Phrase(r"スカラー|스칼라|実数|실수(?=\s*M)", kind="scalar"),
    Phrase(r"正方行列|정방\s*행렬|정사각\s*행렬", kind="square"),
    Phrase(r"行列(?!式|積|計算)|행렬(?!식|곱)", kind="matrix"),
    Phrase(r"M\s*次元?(?=の)|M\s*차원", extent="length"),
)  # fmt: skip

_ADJECTIVES: tuple[Phrase, ...] = (
    Phrase(rf"(?:半正定値|半正値|양의\s*준정부호|준정부호){_SAID}", props=("psd",)),
    Phrase(rf"(?:正定値(?:対称)?|양의\s*정부호|양정치|양정부호){_SAID}", props=("spd",)),
    Phrase(rf"(?:反対称|歪対称|交代(?=行列)|반대칭|왜대칭){_SAID}", props=("skew",)),
    Phrase(rf"(?:対称(?!性|化|群)|エルミート|대칭(?!성|화)|에르미트){_SAID}", props=("symmetric",)),
    Phrase(rf"(?:正規直交|정규\s*직교){_SAID}", props=("orthonormal",)),
    Phrase(rf"(?:直交(?=行列|する行列)|직교(?=\s*행렬)|ユニタリ|유니타리){_SAID}", props=("orthogonal",)),
    Phrase(rf"(?:正則(?!化)|可逆|가역){_SAID}", props=("invertible",)),
    Phrase(r"上三角|상삼각", props=("upper",)),
    Phrase(r"下三角|하삼각", props=("lower",)),
    Phrase(r"冪等|べき等|멱등", props=("idempotent",)),
    Phrase(r"定数|상수", props=("constant",)),
    Phrase(r"確率変数|ランダム|확률\s*변수|무작위", props=("random",), taint=True),
    Phrase(r"独立|독립", props=("independent",), taint=True),
)  # fmt: skip

EASTERN: tuple[Phrase, ...] = (*_NOUNS, *_ADJECTIVES, *_GRAMMAR)

_TELLING = pattern("[\u3040-\u30ff\uac00-\ud7a3]")


def is_eastern(text: str) -> bool:
    """Whether kana or hangul stand in a sentence."""
    return _TELLING.search(text) is not None
