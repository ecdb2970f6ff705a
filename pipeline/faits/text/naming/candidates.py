"""Where names may stand: runs of capitals, names of the gazetteer, institutions named by a common noun."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cache, lru_cache

from faits.lexicons.figures import SignRow, number_words
from faits.lexicons.loader import rows
from faits.lexicons.names import Gazetteer, Known, fold_letters, fold_pieces
from faits.lexicons.naming import Group, given_names, phrases
from faits.model import EntityType, Lang
from faits.text.naming.words import Words

_PIECE = re.compile(r"[^\W_]+")
_DE = {"fr": frozenset({"de", "du", "des", "d'"}), "en": frozenset({"of"})}
_ARTICLES = {"fr": frozenset({"la", "le", "les", "l'"}), "en": frozenset({"the"})}
_UNIT = re.compile(
    r"(?:[kMGTP]?(?:W|Wh|Wc|We|Wp|eV|tep|toe|bit|B|o|b|Hz|flops)|[kM]?V|CO2e?q?|Mds?€?|k€|M€|Mt|Gt|MtCO2)\Z"
)


@dataclass(slots=True)
class Candidate:
    """A stretch of words that may be a name, with what speaks for each type."""

    first: int
    end: int
    known: Known | None = None
    capital: bool = True  # its capital cannot come from its place
    described: bool = False  # a common noun with its complement: "parc de Penmarch"
    votes: dict[EntityType, float] = field(default_factory=dict)
    nested: bool = False  # stands inside another candidate: the place of "usine de Lannion"
    standing: float = 0.0  # how much the context says "this is a name at all"
    heard: EntityType | None = None  # the type the trained pipeline gives it

    def vote(self, kind: EntityType, weight: float) -> None:
        """Add evidence for a type."""
        self.votes[kind] = self.votes.get(kind, 0.0) + weight


@dataclass(slots=True)
class Ground:
    """The words of a text with everything looked up once: what every later step reads."""

    words: Words
    lang: Lang
    pos: dict[int, str]
    lower_seen: frozenset[str]

    def text_of(self, one: Candidate) -> str:
        """The name as written."""
        return self.words.text[self.words.starts[one.first] : self.words.ends[one.end - 1]]


def candidates(ground: Ground, gazetteer: Gazetteer) -> list[Candidate]:
    """Every stretch that may be a name, in reading order, never overlapping."""
    known = known_names(ground.words, gazetteer)
    found: list[Candidate] = []
    coded = _codes(ground.words)
    at = 0
    while at < len(ground.words):
        if at in coded:
            at = coded[at]
            continue
        one = _at(ground, known, at)
        if one is None:
            at += 1
            continue
        found += _reconciled(ground, one, known)
        at = max(one.end, found[-1].end if found else 0)
    return found


# A stock code with its market, which is no name beside the company's: "(CRWV.O)", "(9984.T)", "(NASDAQ: NVDA)".
_CODE = re.compile(r"[(\[<]\s*(?:[A-Z0-9]{1,6}\.[A-Z]{1,3}|[A-Za-z][A-Za-z ]{1,14}\s?:\s?[A-Z0-9.]{1,8})\s*[)\]>]")


def _codes(words: Words) -> dict[int, int]:
    """For the first word of each stock code in brackets, the word after it."""
    found = {}
    for match in _CODE.finditer(words.text):
        first, after = bisect_left(words.starts, match.start()), bisect_left(words.starts, match.end())
        if first > 0 and words.same_line(first - 1, first) and words.capital(first - 1):
            found[first] = after
    return found


def known_names(words: Words, gazetteer: Gazetteer) -> dict[int, Candidate]:
    """Names of the gazetteer by the word they start at, the longest first come."""
    pieces, written, word_of = _pieces(tuple(words.written))
    found: dict[int, Candidate] = {}
    after, longest = 0, gazetteer.longest
    for at, piece in enumerate(pieces):
        if at < after or piece not in longest:
            continue
        hit = gazetteer.match(pieces, written, at)
        if hit is None or not _whole(words, word_of, at, at + hit[0]):
            continue
        first = word_of[at]
        found[first] = Candidate(first, word_of[at + hit[0] - 1] + 1, known=hit[1], capital=not words.opening[first])
        after = at + hit[0]
    return found


@lru_cache(maxsize=2)
def _pieces(written: tuple[str, ...]) -> tuple[list[str], list[str], list[int]]:
    """The words cut as the gazetteer's names are: each piece folded, as written, and the word it is of."""
    pieces: list[str] = []
    raw: list[str] = []
    word_of: list[int] = []
    for i, word in enumerate(written):
        key, cut = _piece(word)
        pieces.extend(key)
        raw.extend(cut)
        word_of.extend([i] * len(key))
    return pieces, raw, word_of


@lru_cache(maxsize=20_000)
def _piece(word: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    key = fold_pieces(word) or ("",)
    raw = _PIECE.findall(word) if len(key) > 1 else [word.strip("'’") or word]
    return key, tuple(raw) if len(raw) == len(key) else (word,) * len(key)


def _whole(words: Words, word_of: list[int], start: int, end: int) -> bool:
    """Whether pieces start to end are whole words of one paragraph."""
    starts = start == 0 or word_of[start - 1] != word_of[start]
    ends = end == len(word_of) or word_of[end - 1] != word_of[end]
    return starts and ends and words.same_line(word_of[start], word_of[end - 1])


def _at(ground: Ground, known: dict[int, Candidate], at: int) -> Candidate | None:
    """The candidate that starts at word `at`, if one does."""
    words = ground.words
    run = _run(ground, at) if words.capital(at) and not words.shouted[at] else None
    match = known.get(at)
    if match and (run is None or match.end >= run.end):
        return match
    return run


def _reconciled(ground: Ground, one: Candidate, known: dict[int, Candidate]) -> list[Candidate]:
    """The run, or the gazetteer's names inside it where the rest of it is no part of them."""
    if one.known:
        return [one]
    inside = [known[i] for i in range(one.first, one.end) if i in known]
    if inside and _is_counted(ground, one, inside[0]):
        return inside[:1]
    if not inside or _is_person(ground, one):
        return [one]
    head, tail = inside[0], inside[-1]
    if tail.end > one.end:
        # The last name goes on past the run: "Chez Banque centrale européenne".
        before = [Candidate(one.first, tail.first, capital=one.capital)] if tail.first > one.first else []
        return [*(b for b in before if not _empty(ground, b)), tail]
    lead = range(one.first, head.first)
    if lead and all(_is_weak(ground, i) for i in lead):
        return inside if head.end == one.end else [Candidate(head.first, one.end)]
    return [one]


def _is_counted(ground: Ground, one: Candidate, known: Candidate) -> bool:
    """Whether the run is a company or a place followed by a figure of its own ("Groupama 40, Axa 30")."""
    assert known.known is not None
    number = ground.words.written[one.end - 1].isdigit() and known.end == one.end - 1
    return number and known.first == one.first and known.known.type in {"ORG", "PLACE", "PERSON"}


def _empty(ground: Ground, one: Candidate) -> bool:
    return all(_is_weak(ground, i) for i in range(one.first, one.end))


def _is_weak(ground: Ground, i: int) -> bool:
    """Whether a capital word before a known name is likelier a word than a part of the name."""
    words = ground.words
    norm = words.norms[i]
    return (words.opening[i] and norm not in given_names()) or norm in ground.lower_seen or never_name(ground, i)


def _is_person(ground: Ground, one: Candidate) -> bool:
    return one.end - one.first > 1 and ground.words.norms[one.first].split("-")[0] in given_names()


def never_name(ground: Ground, i: int) -> bool:
    """Whether the lexicon says that word `i` is no name by itself: a day, "IA", "CEO", a demonym."""
    norm, lang = ground.words.norms[i], ground.lang
    if _is_counted_word(lang, ground.words.written[i]):
        return True
    return any(norm in phrases(lang, g) for g in ("common", "title", "role", "demonym", "determiner"))


@cache
def _is_counted_word(lang: Lang, written: str) -> bool:
    """Whether a word is a number ("Sixty-nine") or the sign of a currency ("SEK")."""
    numbers = number_words(lang)
    return written in _signs() or all(part in numbers for part in written.lower().split("-"))


@cache
def _signs() -> frozenset[str]:
    return frozenset(form for row in rows("currencies.toml", "currency", SignRow) for form in (row.code, *row.symbols))


def is_word(ground: Ground, i: int) -> bool:
    """Whether word `i`, capitalised because it opens a sentence, is likelier a common word than a name."""
    norm, lang = ground.words.norms[i], ground.lang
    if norm in phrases(lang, "opener") or norm in ground.lower_seen or never_name(ground, i):
        return True
    tag = ground.pos.get(ground.words.starts[i])
    if tag is not None and tag not in {"PROPN", "NOUN", "ADJ", "X", "VERB"}:
        return True
    return bool(_WORDLIKE[lang].search(norm)) and not phrases(lang, "org_tail").single & {norm}


# Endings of words that open sentences: participles, gerunds, adverbs, plural nouns; names with them exist, so this
# weighs only where the capital may come from the place.
_WORDLIKE: dict[Lang, re.Pattern[str]] = {
    "fr": re.compile(
        r"(?:ées?|és|ment|ments|ant|ants|antes?|tion|tions|eurs|euses|istes|iques|elles?|aux|ité|ités|isme)\Z"
    ),
    "en": re.compile(r"(?:ly|ing|ed|ions?|ments?|ers|ies|ists|ness|ities|ity|ors|als|ances?|ences?)\Z"),
}


def _run(ground: Ground, at: int) -> Candidate | None:
    words = ground.words
    first = at
    if _is_unit(words.written[at]) or _starts_nothing(ground, at):
        return None
    end = at + 1
    while (step := _extension(ground, first, end)) > end:
        end = step
    return Candidate(first, end, capital=not words.opening[first] or end - first > 1)


def _is_unit(word: str) -> bool:
    return bool(_UNIT.match(word)) or (len(word) == 1 and not word.isalpha())


def _starts_nothing(ground: Ground, at: int) -> bool:
    """Whether no name starts at a capital word: a title, a role, a word the sentence opens with."""
    words, lang = ground.words, ground.lang
    follows = words.same_line(at, at + 1) and words.capital(at + 1) and _adjacent(words, at)
    if _opens_title(ground, at):
        return False
    if _is_portfolio(ground, at):
        return True
    if never_name(ground, at):
        tailed = follows and words.norms[at + 1] in phrases(lang, "org_tail")
        return not (tailed and words.norms[at] in phrases(lang, "demonym"))
    if not words.opening[at]:
        return len(words.written[at]) == 1 and not follows
    if words.norms[at] in given_names() or (words.norms[at] in phrases(lang, "org_first") and follows):
        return False
    return is_word(ground, at)


_CHAIN = frozenset({",", "et", "and", "à", "au", "aux", "chargé", "chargée", "auprès", "for", "of", "the"})
_MINISTERS = frozenset({"ministre", "ministres", "minister", "ministers"})
_MAX_CHAIN = 14
_CLAUSAL: tuple[Group, ...] = ("role", "agency")


def _is_portfolio(ground: Ground, at: int) -> bool:
    """Whether a capital word says what a minister is in charge of ("ministre de l'Économie et des Finances")."""
    words, lang = ground.words, ground.lang
    if words.norms[at] in given_names():
        return False
    i = at - 1
    linked = words.norm(i, at) in _DE[lang] | _ARTICLES[lang] | {"aux", "à", "for"}
    while linked and at - i <= _MAX_CHAIN and words.same_line(i, at):
        norm = words.norms[i]
        if norm in _MINISTERS:
            return words.norm(i - 1, at) not in {"premier", "première", "prime"}
        if not (norm in _CHAIN or norm.isalpha() or norm[-1] == "'") or norm in given_names():
            return False
        if norm not in _CHAIN and any(phrases(lang, g).ending(words.norms, i + 1) for g in _CLAUSAL):
            return False
        i -= 1
    return False


def _opens_title(ground: Ground, at: int) -> bool:
    """Whether a capital article inside a sentence opens a title: "selon La Dépêche", "told The Lantern"."""
    words = ground.words
    article = words.norms[at] in _ARTICLES[ground.lang] and words.written[at][0].isupper()
    return article and not words.opening[at] and words.same_line(at, at + 1) and words.capital(at + 1)


def _adjacent(words: Words, i: int) -> bool:
    """Whether only spaces, of one line, stand between word `i` and the next."""
    return words.ends[i] < words.starts[i + 1]


def _extension(ground: Ground, first: int, end: int) -> int:
    """Where the run goes on to from `end`: past a capital word, a joiner and its capital, a number; else `end`."""
    words = ground.words
    if not words.same_line(first, end):
        return end
    if words.written[end] in "'’" and _is_owned_by_many(ground, end):
        return end + 2
    if words.ends[end - 1] == words.starts[end] and words.norms[end - 1][-1] != "'":
        return end
    if words.capital(end):
        stops = (
            _is_unit(words.written[end]) or words.norms[end] in phrases(ground.lang, "role") or _is_month(ground, end)
        )
        return end if stops else end + 1
    if words.written[end].isdigit():
        return end + 1 if _is_name_number(ground, first, end) else end
    return _joined(ground, first, end)


def _is_owned_by_many(ground: Ground, at: int) -> bool:
    """Whether an apostrophe stands inside an institution's name ("Ontario Teachers' Pension Plan")."""
    words = ground.words
    if ground.lang != "en" or words.ends[at - 1] != words.starts[at] or words.norms[at - 1][-1] != "s":
        return False
    last = at
    while words.same_line(at, last + 1) and words.capital(last + 1):
        last += 1
    return last > at and words.norms[last] in phrases("en", "institution")


def _is_month(ground: Ground, i: int) -> bool:
    norm = ground.words.norms[i]
    return norm in phrases(ground.lang, "common") and len(norm) > 3


def _is_name_number(ground: Ground, first: int, i: int) -> bool:
    """Whether digits belong to the name before them ("Llama 2", "Flamanville 3"), and do not count what follows."""
    words, number = ground.words, ground.words.written[i]
    if len(number) > 2 and not (len(number) == 3 and words.written[i - 1].isupper()):
        return number.startswith("20") and len(number) == 4 and words.norms[i - 1] in _DATED
    if number.startswith("0"):
        return False
    after = words.norm(i + 1, i)
    if not after or words.capital(i + 1):
        return not after or not _is_unit(words.written[i + 1])
    return (not after[0].isalnum() and after not in "%€$£°") or after in _AFTER_NUMBER[ground.lang]


# Programmes named by their year: "France 2030", "Horizon 2020".
_DATED = frozenset({"france", "horizon", "agenda", "vision", "mission", "objectif", "expo", "plan"})
_AFTER_NUMBER: dict[Lang, frozenset[str]] = {
    "fr": frozenset(["de", "du", "des", "d'", "et", "ou", "est", "sont", "a", "ont", "sera", "serait", "était",
        "avait", "qui", "que", "en", "dans", "à", "au", "aux", "par", "pour", "sur", "n'", "ne", "se",
        "s'", "doit", "peut", "va", ",", ".", ")", ";"]),
    "en": frozenset(["of", "and", "or", "is", "are", "was", "were", "has", "had", "will", "would", "could",
        "can", "may", "in", "on", "at", "by", "for", "to", "from", "with",
        "that", "which", "'s", "who", "the", ",", ".", ")", ";"]),
}  # fmt: skip


def _joined(ground: Ground, first: int, end: int) -> int:
    """Past a joiner inside a name: "Ursula von der Leyen", "Bank of England", "Transitions & Énergies"."""
    words, lang = ground.words, ground.lang
    at = end
    if words.norms[end] == "&":
        at = end + 1
    elif words.norms[first].split("-")[0] in given_names() and words.norms[end] in phrases(lang, "particle"):
        while words.norm(at, first) in phrases(lang, "particle"):
            at += 1
    elif words.norms[end] == "d'" and "-" in words.written[end - 1] and words.capital(end - 1):
        at = end + 1  # "Provence-Alpes-Côte d'Azur"
    elif words.norms[end] in _DE[lang] and _takes_complement(ground, first, end):
        at = end + 1
        if words.norm(at, first) in _ARTICLES[lang]:
            at += 1
    elif lang == "en" and words.norms[end] in {"and", "for"} and _institution_follows(ground, first, end):
        at = end + 1
    return at + 1 if at > end and words.same_line(first, at) and words.capital(at) else end


def _takes_complement(ground: Ground, first: int, end: int) -> bool:
    """Whether a word of the run is a noun that takes "de" or "of" inside a name: "Banque", "Department", "Golfe"."""
    lang, norms = ground.lang, ground.words.norms
    if norms[first] in phrases(lang, "place_first") and end == first + 1:
        return norms[first] in phrases(lang, "place_head") and not ground.words.written[first].isupper()
    return any(
        norms[i] in phrases(lang, "org_first") or norms[i] in phrases(lang, "institution") for i in range(first, end)
    )


def _institution_follows(ground: Ground, first: int, end: int) -> bool:
    """Whether "and" or "for" stands inside an institution's name ("Competition and Markets Authority")."""
    words = ground.words
    if words.norms[end] == "for":
        return words.norms[end - 1] in phrases("en", "org_first")
    last = end + 1
    while words.same_line(first, last) and words.capital(last):
        last += 1
    if last == end + 1 or words.norms[last - 1] not in phrases("en", "institution"):
        return False
    return last - end > 2 and end - first == 1


def lower_words(words: Words) -> frozenset[str]:
    """Words of the text written without a capital somewhere: what a sentence may open with."""
    return frozenset(n for n, w in zip(words.norms, words.written, strict=True) if w[0].islower() and w[1:].islower())


def key_of(name: str) -> str:
    """What all spellings of a name share: letters and digits without case, accents, spaces and leading article.

    >>> key_of("Open AI") == key_of("OpenAi"), key_of("The Lantern"), key_of("L’Écho")
    (True, 'lantern', 'echo')
    """
    pieces = _PIECE.findall(fold_letters(name))
    return "".join(pieces[1:] if len(pieces) > 1 and pieces[0] in _LEADING else pieces)


_LEADING = frozenset({"the", "le", "la", "les", "l"})
