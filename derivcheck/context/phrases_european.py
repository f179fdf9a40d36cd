# ruff: noqa: E501 - one row per phrase family reads better than wrapped patterns; Cyrillic is meant
"""Spanish, Portuguese, French, Italian, German and Russian phrases, the more special before the more general.

They serve sentences in which a word of these languages stands (`is_european`); what they lack is looked up in English.
"""

from __future__ import annotations

from derivcheck.context.phrases import Phrase, Role
from derivcheck.patterns import pattern

_MATRIX = r"(?:matri(?:z(?:es)?|ces?|ci|x|zen)|матриц\w*)"
_DE = r"(?:e[rnms]?)?"  # the endings of a German adjective

_GRAMMAR: tuple[Phrase, ...] = (
    Phrase(r"n[ãa]o(?: necessariamente)?|no(?: necesariamente)?|non(?: (?:nécessairement|necessariamente))?|pas(?: (?:nécessairement|forcément))?|nicht(?: notwendig(?:erweise)?| unbedingt)?|kein(?:e[rnms]?)?|sin|sem|sans|senza|ohne|не(?:обязательно)?|без", Role.NEGATE),
    Phrase(r"se chama[mn]?|se llaman?|chamad[ao]s?|llamad[ao]s?|s'appellent?|s'appelle|appelée?s?|heißen|heißt|genannt|называ[ею]тся", Role.CALLED),
    Phrase(r"se(?= M)|si|wenn|falls|sofern|quando|cuando|lorsque|если|когда", Role.IF),
    Phrase(r"para|pour|für|per|для", Role.FOR),
    Phrase(r"donde|onde|où|dove|wobei|worin|где|aqu[ií]|ici|hier|здесь", Role.WHERE),
    Phrase(r"sean?|seja[m]?|soit|soient|seien?|sei|sia(?:no)?|supon(?:ga|gamos|ha|hamos)(?: que)?|supposons(?: que)?|supponiamo(?: che)?|angenommen|considere(?:mos)?|considérons|consideriamo|betrachten?(?: wir)?|dad[oa]s?|étant donnée?s?|dat[oaie]|gegeben|пусть|предположим(?:,? что)?|рассмотрим|дан[аоы]?", Role.LET),
    Phrase(r"é|es|è|est|ist|são|son|sono|sont|sind|denotan?|denotam|désignent?|désigne|bezeichne(?:t|n)|representan?|representam|représentent?|représente|явля(?:е|ю)тся|обознача(?:е|ю)т|—(?= [а-яё])", Role.COPULA),
    Phrase(r"e|y|et|und|ou|oder|и|или", Role.JOIN),
    Phrase(r"luego|logo|portanto|por (?:lo )?tanto|ent(?:ão|onces)|donc|alors|ainsi|d'où|also|daher|somit|folglich|deshalb|assim|así|quindi|dunque|perciò|obt(?:e|ie)n\w+|se obtiene|on (?:obtient|a|en déduit)|tem-se|se tiene|erhalten wir|ergibt|segue|sigue|следовательно|значит|тогда|откуда|поэтому|получа\w+|получим|имеем", Role.DERIVE),
    Phrase(r"tal(?:es)? que|tais que|tel(?:le)?s? que|tale che|so ?dass|такой,? что|satisfa\w+|satisfont|satisfait|vérifient|vérifie|erfüll(?:t|en)|cumplen?|удовлетвор\w+", taint=True, verb=True),
    Phrase(r"u(?:m|ma|mas|ns|n|na|no|nas|nos|ne)|o|os|a|as|el|los|la|las|les?|il|lo|gli|die|das|ein(?:e[rnms]?)?|re(?:al|ais|ales|ale|ali)|reell(?:e[rnms]?)?|réel(?:le)?s?|qualquer|cualquiera?|quelconques?|beliebig(?:e[rnms]?)?|arbitr[áa]ri[oa]s?|tod[oa]s?|tou(?:t|te|s|tes)|jede[rnms]?|ogni|cada|chaque|zwei|duas|dois|dos|deux|due|вещественн\w*|произвольн\w*|любо[йег]\w*", Role.SKIP),
    Phrase(r"d'|de|du|del|della|d[ao]s?|di|der|des|dem|den|von|vom|en|em|na|nas|in|im|an|am|con|com|avec|mit|sobre|sur|auf|por|par|durch|que|dass|в|на|с|по|из|от", Role.PREPOSITION),
)  # fmt: skip

_EXTENTS: tuple[Phrase, ...] = (
    Phrase(r"(?:de|der|di) (?:tamañ[oa]|tamanho|taille|dimensi[oó]n|dimensão|dimension|größe|ordem|orden|ordre|ordnung) S", extent="size"),
    Phrase(r"(?:de|der|di) (?:ordem|orden|ordre|ordnung) M", extent="order"),
    Phrase(r"(?:de|der|di) (?:dimensi[oó]n|dimensão|dimension|taille|tamañ[oa]|tamanho) M", extent="length"),
    Phrase(rf"размер[ан]\w*(?: S| M)?|S-{_MATRIX}", kind="matrix", extent="size"),
)  # fmt: skip

_NOUNS: tuple[Phrase, ...] = (
    Phrase(r"(?:matri(?:z|ces?|ce)) (?:identid\w+|identité|identità|unidade|unité)|einheitsmatri(?:x|zen)|единичн\w+ матриц\w*", meaning="identity"),
    Phrase(r"(?:matri(?:z|zes|ces?|ci)) d[ei] rota(?:ción|ção|tion|zione)|(?:rotations|dreh)matri(?:x|zen)|матриц\w* (?:поворота|вращения)", kind="square", props=("rotation",)),
    Phrase(r"(?:matri(?:z|zes|ces?|ci)) d[ei] (?:varian[zcç][\w-]*[- ])?co-?varian[zcç]\w*|kovarianzmatri(?:x|zen)|ковариационн\w+ матриц\w*|матриц\w* ковариац\w+", kind="square", props=("spd",)),
    Phrase(r"(?:matri(?:z|zes|ces?|ci)) d[ei] pro[jy]e[ckçz]\w+|projektionsmatri(?:x|zen)|матриц\w* проекции", kind="square", props=("projection",)),
    Phrase(r"(?:matri(?:z|zes|ces?|ci)) d[ei] permuta\w+|permutationsmatri(?:x|zen)|матриц\w* перестановки", kind="square", props=("permutation",)),
    Phrase(r"(?:matri(?:z|zes|ces?|ci)) unit[áa](?:ri[ao]s?|ires?)|unitäre matri(?:x|zen)|унитарн\w+ матриц\w*", kind="square", props=("orthogonal",)),
    Phrase(r"diagonalmatri(?:x|zen)|(?:matri(?:z|zes|ces?|ci)) diagona\w+|диагональн\w+ матриц\w*", kind="square", props=("diagonal",)),
    Phrase(r"(?:auto|eigen)ve[ck]?t\w+|vecteurs? propres?|собственн\w+ вектор\w*", kind="vector", taint=True, meaning="eigenvector"),
    Phrase(r"autovalor\w*|autovalor[ei]|valeurs? propres?|eigenwerte?n?|собственн\w+ (?:числ|значени)\w*", kind="scalar", taint=True, meaning="eigenvalue"),
    Phrase(r"ve(?:c)?tor(?:es)? unit[áa]ri[oa]s?|vecteurs? unitaires?|versor[ei]|einheitsvektor(?:en)?|единичн\w+ вектор\w*", kind="vector", props=("unit",)),
    Phrase(r"ve(?:c)?tor(?:es)? colun?m?na|vecteurs? colonnes?|spaltenvektor(?:en)?|вектор\w*-столб\w+", kind="column"),
    Phrase(r"ve(?:c)?tor(?:es)? (?:fila|linha)|vecteurs? lignes?|zeilenvektor(?:en)?|вектор\w*-строк\w+", kind="row"),
    Phrase(r"ve(?:c)?tor(?:es)?|vecteurs?|vettor[ei]|vektor(?:en|s)?|вектор\w*", kind="vector"),
    Phrase(r"escalar(?:es)?|scalaires?|scalar[ei]|skalare?[nrs]?|скаляр\w*", kind="scalar"),
    Phrase(r"numeros? reales?|números? rea(?:is|les)|nombres? réels?|reelle zahl(?:en)?|(?:вещественн\w+|действительн\w+) числ\w+", kind="scalar"),
    Phrase(_MATRIX, kind="matrix"),
)  # fmt: skip

_ADJECTIVES: tuple[Phrase, ...] = (
    Phrase(r"bas[ei]s? (?:ortho|orto)\w+|ортонормированн\w+ базис\w*|(?:ortho|orto)gonal(?:e|es|is|mente|ement)? (?:a|à|al|zu|к)", Role.WORD),
    Phrase(r"(?:positiv[ao]s? )?semi-?definid[ao]s?(?: positiv[ao]s?)?|semi-?définie?s? positive?s?|positiv[- ]?semi-?definit\w*|semi-?definit[aei] positiv[aei]|неотрицательно[- ]определ\w*|положительно полуопредел\w*", props=("psd",)),
    Phrase(r"(?:sim[eé]tric[ao]s? (?:y|e) )?(?:positiv[ao]s? definid[ao]s?|definid[ao]s? positiv[ao]s?)|(?:symétriques? )?définie?s? positive?s?|positiv[- ]?definit\w*|definit[aei] positiv[aei]|положительно[- ]определ\w*", props=("spd",)),
    Phrase(r"anti-?s[iy]m+[eé]tri\w+|(?:schief|anti)symmetrisch\w*|кососимметричн\w*", props=("skew",)),
    Phrase(rf"s[ií]m[eé]tric[ao]s?|symétriques?|symmetrisch{_DE}|simmetric[aioh]\w*|auto-?adjoint\w*|autoadjunt\w*|selbstadjungiert{_DE}|hermit\w+|симметричн\w*|(?:simetr[ií]a de|symétrie de|symmetrie von|simmetria di)(?= M)", props=("symmetric",)),
    Phrase(r"ortonorma\w+|orthonorm\w+|ортонорм\w+", props=("orthonormal",)),
    Phrase(rf"ortogona(?:l|is|les|le|li)|orthogona(?:les?|ux)|orthogonal{_DE}|ортогональн\w*", props=("orthogonal",)),
    Phrase(rf"inver[st][ií]ve(?:l|is)|inver[st]ibles?|invertierbar{_DE}|invertibil[ei]|(?:não|no|non)[- ]?singul\w+|regulär{_DE}|nichtsingulär{_DE}|обратим\w*|невырожденн\w*", props=("invertible",)),
    Phrase(rf"cuadradas?|quadradas?|carrée?s?|quadrat[aei]|quadratisch{_DE}|квадратн\w*", kind="square", adjective=True),
    Phrase(r"triangular(?:es)? superior(?:es)?|triangulaires? supérieure?s?|obere[rnms]? dreiecksmatri\w*|верхн\w+ треугольн\w*", props=("upper",)),
    Phrase(r"triangular(?:es)? inferior(?:es)?|triangulaires? inférieure?s?|untere[rnms]? dreiecksmatri\w*|нижн\w+ треугольн\w*", props=("lower",)),
    Phrase(r"idempotent\w*|идемпотентн\w*", props=("idempotent",)),
    Phrase(rf"constantes?|konstant{_DE}|costant[ei]|постоянн\w*|константн?\w*", props=("constant",)),
    Phrase(r"vari[aá]ve(?:l|is) independentes?|variables? (?:independientes?|indépendantes?)|unabhängige\w* variable\w*|независим\w+ переменн\w+", Role.WORD),
    Phrase(r"line(?:al|ar)mente independ\w+|linéairement indépend\w+|linear unabhängig\w*|линейно независим\w+", taint=True),
    Phrase(r"aleat[óo]ri[oa]s?|aléatoires?|zufalls\w+|zufällig\w*|случайн\w*", props=("random",), taint=True),
    Phrase(r"independientes?|independentes?|indépendante?s?|unabhängig\w*|независим\w*", props=("independent",), taint=True),
    Phrase(r"[óo]tim[oa]s?|óptim[oa]s?|optima(?:l|le|ux)|optimal\w*|m[ií]nim[oa]s?|minimi\w+|solu(?:ç|c|t)i?\w+|lösung\w*|решени\w*|оптимальн\w*|минимиз\w*", taint=True),
)  # fmt: skip

EUROPEAN: tuple[Phrase, ...] = (*_EXTENTS, *_NOUNS, *_ADJECTIVES, *_GRAMMAR)

_TELLING = pattern(
    r"(?<![^\W\d_])(?:que|para|uma|una|une|est|são|ist|sind|und|für|eine[rnms]?|der|soit|soient|seja|sejam|seien|donde|onde|"
    r"wobei|avec|dans|nous|pour|por|wenn|falls|los|las|nicht|não|si|matri(?:z|zes|ce)|vet(?:or|ores)|vecteurs?|vettor[ei]|"
    r"se(?= \ue000)|vektor(?:en)?|s[ií]m[eé]tric[ao]s?|symétriques?|symmetrisch\w*|simmetric[ao]|ortogonal\w*)(?![^\W\d_])|[а-яё]{3}"
)


def is_european(lower: str) -> bool:
    """Whether a word of these languages stands in a sentence given in lower case."""
    return _TELLING.search(lower) is not None
