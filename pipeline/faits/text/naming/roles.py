"""Who holds which function where: "le PDG d'OpenAI, Sam Altman", "Octave Klaba, fondateur d'OVHcloud"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from faits.lexicons.naming import phrases
from faits.model import EntityType, Lang
from faits.text.naming.words import Words, words

_DE = {"fr": frozenset({"de", "du", "des", "d'", "chez"}), "en": frozenset({"of", "at", "for"})}
# Behind these stands an organisation ("avocate au cabinet X"), or a charge ("délégué à l'industrie", "in charge of").
_AT = {"fr": frozenset({"à", "au", "aux"}), "en": frozenset({"with", "from"})}
_CHARGED = frozenset({"chargé", "chargée", "délégué", "déléguée"})
_ARTICLES = frozenset({"la", "le", "les", "l'", "the"})
_MAX_LINK = 6

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Role:
    """A person's function: spans of the person, of the whole title ("PDG d'OpenAI") and of the organisation."""

    person: Place
    function: str
    title: Place
    organisation: Place | None


@dataclass(frozen=True, slots=True)
class _Named:
    start: int
    end: int
    type: EntityType


@dataclass(frozen=True, slots=True)
class _Scene:
    words: Words
    lang: Lang
    starting: dict[int, tuple[int, _Named]]  # word -> word after the name, the name
    ending: dict[int, tuple[int, _Named]]  # word after the name -> its first word, the name


def roles_in(text: str, lang: Lang, named: Sequence[tuple[int, int, EntityType]]) -> list[Role]:
    """The functions a text states, in reading order; one for each title and person."""
    scene = _scene(words(text), lang, named)
    cut = scene.words
    found: list[Role] = []
    at, size, known = 0, len(cut), phrases(lang, "role")
    while at < size:
        if cut.norms[at] not in known.by_first:
            at += 1
            continue
        length = known.starting(cut.norms, at)
        if length and at not in scene.starting:
            role = _role_at(scene, at, at + length)
            if role is not None and (not found or found[-1].title[1] <= role.title[0]):
                found.append(role)
        at += max(1, length)
    return found


def _scene(cut: Words, lang: Lang, named: Sequence[tuple[int, int, EntityType]]) -> _Scene:
    by_start = {start: i for i, start in enumerate(cut.starts)}
    by_end = {end: i + 1 for i, end in enumerate(cut.ends)}
    scene = _Scene(cut, lang, {}, {})
    for start, end, kind in named:
        first, last = by_start.get(start), by_end.get(end)
        if first is not None and last is not None:
            one = _Named(start, end, kind)
            scene.starting[first] = (last, one)
            scene.ending[last] = (first, one)
    return scene


def _role_at(scene: _Scene, first: int, end: int) -> Role | None:
    """The role whose noun is words `first` to `end`: its organisation, then its person on either side."""
    function_end, organisation, after = _complement(scene, first, end)
    title_start = first
    if organisation is None and scene.lang == "en":
        title_start, organisation = _possessor(scene, first)
    person = _person_after(scene, after, far=organisation is not None) or _person_before(scene, title_start)
    if person is None and organisation is None:
        return None
    if person is None:
        return None
    cut = scene.words
    text = cut.text
    title = (cut.starts[title_start], cut.ends[after - 1])
    return Role(
        (person.start, person.end),
        text[cut.starts[first] : cut.ends[function_end - 1]],
        title,
        (organisation.start, organisation.end) if organisation else None,
    )


def _complement(scene: _Scene, first: int, end: int) -> tuple[int, _Named | None, int]:
    """Where the function's words end, its organisation, and the word after all of it."""
    cut, lang = scene.words, scene.lang
    at = end
    while cut.same_line(first, at) and at - end < _MAX_LINK:
        norm = cut.norms[at]
        bare = scene.starting.get(at) if at == end else None
        if bare is not None and bare[1].type == "ORG" and cut.same_line(first, at):
            return at, bare[1], bare[0]  # "délégué CFDT"
        if norm in _DE[lang] or norm in _AT[lang]:
            hit = _named_behind(scene, at, plain=norm in _DE[lang])
            if hit is not None:
                return at, hit[1], hit[0]
            step = _common_complement(scene, at) if norm in _DE[lang] or lang == "fr" else 0
            if not step:
                break
            at = step
        elif norm in _CHARGED and cut.norm(at + 1, at) in _DE[lang] | _AT[lang]:
            at += 1
        elif norm in phrases(lang, "modifier") or (norm == "et" and cut.norm(at + 1, at) in phrases(lang, "role")):
            at += 1 + (norm == "et")
        elif norm in {"and", "&"} and phrases(lang, "role").starting(cut.norms, at + 1):
            at += 1 + phrases(lang, "role").starting(cut.norms, at + 1)
        else:
            break
    return at, None, at


def _named_behind(scene: _Scene, at: int, *, plain: bool) -> tuple[int, _Named] | None:
    """The organisation behind a preposition, which a nationality and a common noun may announce ("du syndicat X").

    A place stands right behind a `plain` one only: "maire de Fos", never "directeur à Fos".
    """
    cut = scene.words
    name = at + 1 + (cut.norm(at + 1, at) in _ARTICLES)
    hit = scene.starting.get(name) or scene.starting.get(at + 1)
    if hit is None:
        noun = name + phrases(scene.lang, "demonym").starting(cut.norms, name)
        noun += max(phrases(scene.lang, group).starting(cut.norms, noun) for group in ("org_head", "trade"))
        noun += phrases(scene.lang, "demonym").starting(cut.norms, noun)
        hit = scene.starting.get(noun) if noun > name and cut.same_line(at, noun) else None
        plain = False
    return hit if hit is not None and (hit[1].type == "ORG" or (plain and hit[1].type != "PERSON")) else None


def _common_complement(scene: _Scene, at: int) -> int:
    """Past a common complement of a function ("directeur de la recherche", "ministre de l'Énergie"); 0 when none."""
    cut = scene.words
    noun = at + 1
    while cut.norm(noun, at) in _ARTICLES:
        noun += 1
    norm = cut.norm(noun, at)
    return (
        noun + 1 if norm.isalpha() and noun not in scene.starting and norm not in phrases(scene.lang, "opener") else 0
    )


def _possessor(scene: _Scene, first: int) -> tuple[int, _Named | None]:
    """English: "EDF's chief executive", "OpenAI CEO"; the title's first word and the organisation."""
    cut = scene.words
    at = first
    for _ in range(3):
        if cut.norm(at - 1, first) in phrases("en", "modifier"):
            at -= 1
    if cut.norm(at - 1, first) in {"'s", "'"}:
        at -= 1
    hit = scene.ending.get(at)
    if hit and hit[1].type != "PERSON" and cut.same_line(hit[0], first):
        return hit[0], hit[1]
    return first, None


def _person_after(scene: _Scene, at: int, *, far: bool) -> _Named | None:
    """The person right after a title: "le PDG d'OpenAI, Sam Altman", "le directeur général Nicolas Maes"."""
    cut = scene.words
    if at > 0 and cut.norm(at, at - 1) == ",":
        # "Le directeur, Paul X, dit": a comma is allowed; a list ("le PDG, Microsoft et ...") has no person there.
        at += 1
    if cut.norm(at, at - 1) in phrases(scene.lang, "title"):
        at += 1
        at += cut.norm(at, at - 1) == "."
    hit = scene.starting.get(at)
    if hit and hit[1].type == "PERSON" and cut.same_line(at - 1, at):
        return hit[1]
    return None


# What may stand between a person and the function that follows: "X, le nouveau PDG", "X a été nommé directeur".
_LINKS = frozenset(
    [
        "est",
        "devient",
        "redevient",
        "deviendra",
        "sera",
        "took",
        "takes",
        "over",
        "will",
        "become",
        "devenu",
        "devenue",
        "était",
        "reste",
        "a",
        "été",
        "nommé",
        "nommée",
        "élu",
        "élue",
        "promu",
        "promue",
        "comme",
        "le",
        "la",
        "l'",
        "un",
        "une",
        "son",
        "sa",
        "actuel",
        "actuelle",
        "nouveau",
        "nouvelle",
        "ancien",
        "ancienne",
        "ex",
        "futur",
        "future",
        "également",
        "aussi",
        "et",
        "is",
        "was",
        "became",
        "becomes",
        "has",
        "been",
        "named",
        "appointed",
        "elected",
        "as",
        "the",
        "a",
        "an",
        "its",
        "new",
        "current",
        "former",
        "then",
        "now",
        "who",
        ",",
        "(",
        "-",
    ]
)


_AND = frozenset({"et", "and"})


def _person_before(scene: _Scene, first: int) -> _Named | None:
    cut = scene.words
    at, joined = first, False
    while at > 0 and first - at <= _MAX_LINK and cut.same_line(at - 1, first):
        hit = scene.ending.get(at)
        if hit:
            return hit[1] if hit[1].type == "PERSON" and at < first else None
        word = cut.norms[at - 1]
        if word not in _LINKS and not (joined and word.isalpha() and word.islower()):
            return None
        joined = joined or word in _AND  # "X, éleveur et porte-parole de Y": the first of two may be any trade
        at -= 1
    return None
