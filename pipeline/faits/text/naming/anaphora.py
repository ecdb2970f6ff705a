"""What "la start-up", "the company", "l'homme d'affaires" point to, where the paragraph leaves no doubt."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from faits.lexicons.frames import general_sites
from faits.lexicons.names import fold_pieces
from faits.lexicons.naming import Group, noun_types, phrases
from faits.model import EntityType, EntityValue, Lang, Mention
from faits.text.naming.words import Words, words

_DETERMINERS = {
    "fr": frozenset({"le", "la", "l'", "cette", "cet", "ce", "du", "au"}),
    "en": frozenset({"the", "this", "that"}),
}
_FITTING: tuple[tuple[Group, EntityType], ...] = (
    ("described_org", "ORG"), ("described_person", "PERSON"), ("described_project", "PROJECT"),
)  # fmt: skip
# Whoever bears one of these in a name, or was introduced by it, may be called so again ("le tribunal").
_INTRODUCED: tuple[tuple[Group, EntityType], ...] = (
    ("public_body", "ORG"), ("org_head", "ORG"), ("trade", "ORG"),
)  # fmt: skip
_GROUPS = (*_FITTING, *_INTRODUCED)
_OF = frozenset({"de", "du", "des", "d'", "of", "que", "dont"})
_REACH = 6
# Nouns that any firm is called by: being introduced by one tells a firm from no other.
_COMMON = frozenset({"entreprise", "société", "groupe", "compagnie", "firme", "company", "firm", "group", "business"})


@dataclass(slots=True)
class _Entity:
    """An entity of the article: where it is named, and the nouns it is introduced by or carries in its name."""

    value: EntityValue
    starts: list[int] = field(default_factory=list)
    nouns: set[str] = field(default_factory=set)
    oblique: set[int] = field(default_factory=set)  # those of its places where a preposition governs it
    cited: int = 0  # how many of its places only say who is quoted

    def fits(self, noun: str, lang: Lang) -> bool:
        """Whether the entity can be what a description with this noun points to."""
        if noun in self.nouns:
            return True
        if self.value.type == "PROJECT":
            own = {kind for kind in self.nouns if noun_types(lang).get(kind) == "PROJECT"}
            return not own or noun in general_sites(lang) or bool(own & general_sites(lang))
        if self.value.type != "ORG":
            return True
        public = phrases(lang, "no_company")
        if noun in public:
            return not self.nouns - public.single and bool(self.nouns & public.single)
        return not self.nouns & public.single and self.cited < len(self.starts)


@dataclass(frozen=True, slots=True)
class _Description:
    first: int
    end: int
    noun: str
    type: EntityType
    introduced: bool = False  # only who bears the noun in a name, or was introduced by it, is meant


def descriptions_in(text: str, lang: Lang, mentions: Sequence[Mention]) -> list[tuple[int, int, EntityValue]]:
    """Definite descriptions and the entity each points to, in reading order; those in doubt are left out.

    A noun points to the entity the article introduced by it ("l'éditeur Octavio … l'éditeur"); any other to the one
    entity of its type that the paragraph names, or the one before it; a firm's noun never to a ministry, a union, a
    newspaper or whoever is only quoted.
    """
    cut = words(text)
    named = sorted(((m.start, m.value) for m in mentions if isinstance(m.value, EntityValue)), key=lambda pair: pair[0])
    if not named:
        return []
    entities = _entities(cut, lang, mentions)
    lines = _line_starts(cut)
    starts = [start for start, _ in named]
    title = min((start for paragraph, start in lines.items() if paragraph > cut.paragraph[0]), default=0)
    found = []
    for one in _descriptions(cut, lang, set(starts)):
        at = cut.starts[one.first]
        before = [(s, entities[v.id]) for s, v in named[: bisect_left(starts, at)] if v.type == one.type]
        paragraph = cut.paragraph[one.first]
        around = _Lines(title, lines.get(paragraph - 1, 0), lines[paragraph])
        value = _pointed(before, one, lang, at, around)
        if value is not None:
            found.append((at, cut.ends[one.end - 1], value))
    return found


@dataclass(frozen=True, slots=True)
class _Lines:
    """Where the first line ends, and where the line before and this one start."""

    title: int
    previous: int
    here: int


def _line_starts(cut: Words) -> dict[int, int]:
    lines: dict[int, int] = {}
    for i, paragraph in enumerate(cut.paragraph):
        lines.setdefault(paragraph, cut.starts[i])
    return lines


def _entities(cut: Words, lang: Lang, mentions: Sequence[Mention]) -> dict[str, _Entity]:
    by_start = {start: i for i, start in enumerate(cut.starts)}
    by_end = {end: i + 1 for i, end in enumerate(cut.ends)}
    entities: dict[str, _Entity] = {}
    for mention in mentions:
        if not isinstance(mention.value, EntityValue):
            continue
        entity = entities.setdefault(mention.value.id, _Entity(mention.value))
        entity.starts.append(mention.start)
        first, end = by_start.get(mention.start), by_end.get(mention.end)
        if first is None or end is None:
            continue
        entity.nouns.update(_introducing(cut, lang, first), _apposed(cut, lang, end), cut.norms[first:end])
        if cut.norm(first - 1 - (cut.norm(first - 1, first) in _ARTICLES), first) in _GOVERNING[lang]:
            entity.oblique.add(mention.start)
        entity.cited += phrases(lang, "citing").ending(cut.norms, first) > 0
    for entity in entities.values():
        entity.nouns.update(piece for piece in fold_pieces(entity.value.name) if len(piece) > 3)
    return entities


def _introducing(cut: Words, lang: Lang, first: int) -> Iterator[str]:
    """The nouns of the phrase that ends in a name: "l'éditeur toulousain de logiciels" + "Octavio"."""
    for at in range(first - 1, max(-1, first - 1 - _REACH), -1):
        norm = cut.norm(at, first)
        if not norm or not (norm[0].isalpha() and cut.written[at].islower()):
            return
        yield norm
        if norm in _DETERMINERS[lang] and norm not in _OF and cut.norm(at - 1, first) not in _OF:
            return


_ARTICLES = frozenset({"l'", "la", "le", "les", "the"})
_GOVERNING = {
    "fr": frozenset(
        {"de", "d'", "du", "des", "à", "au", "aux", "par", "avec", "chez", "pour", "contre", "selon", "sur"}
    ),
    "en": frozenset({"of", "to", "by", "with", "for", "from", "at", "against", "in", "on", "like"}),
}


def _apposed(cut: Words, lang: Lang, end: int) -> Iterator[str]:
    """The nouns that follow a name between commas: "Octavio, un éditeur de Toulouse,"."""
    if not cut.same_line(end - 1, end) or cut.norms[end] != ",":
        return
    if cut.norm(end + 1, end) in _DETERMINERS[lang]:
        return  # "D'après Octavio, le groupe …" starts a clause
    for at in range(end + 1, end + 1 + _REACH):
        norm = cut.norm(at, end)
        if not norm or not norm[0].isalpha() or norm in _OF:
            return
        yield norm


def _descriptions(cut: Words, lang: Lang, names: set[int]) -> Iterator[_Description]:
    for at in range(len(cut)):
        if cut.norms[at] in _DETERMINERS[lang]:
            one = _description(cut, lang, at, names)
            if one is not None:
                yield one


def _description(cut: Words, lang: Lang, at: int, names: set[int]) -> _Description | None:
    """The description that starts at a determiner, with the noun it hangs on and the type it wants."""
    head = at + 1
    while cut.same_line(at, head) and (
        cut.norms[head] in phrases(lang, "modifier") or (lang == "en" and cut.norms[head] in phrases(lang, "demonym"))
    ):
        head += 1
    if not cut.same_line(at, head):
        return None
    for number, (group, kind) in enumerate(_GROUPS):
        length = phrases(lang, group).starting(cut.norms, head)
        if not length:
            continue
        if any(cut.starts[i] in names for i in range(at + 1, head + length)):
            return None  # "the British government" is a name
        end = head + length
        while lang == "fr" and (
            cut.norm(end, at) in phrases(lang, "demonym") or cut.norm(end, at) in phrases(lang, "modifier")
        ):
            end += 1
        # "le groupe Airbus" names its entity, "l'entreprise de Sam Altman" is somebody's.
        if cut.same_line(at, end) and (cut.norms[end] in _OF or cut.starts[end] in names or cut.capital(end)):
            return None
        first = at + (cut.norms[at] in {"du", "au"})
        return _Description(first, end, cut.norms[head + length - 1], kind, number >= len(_FITTING))
    return None


def _pointed(
    before: Sequence[tuple[int, _Entity]], one: _Description, lang: Lang, at: int, lines: _Lines
) -> EntityValue | None:
    """The entity introduced by the noun, else the one that fits and that the text is clearly about."""
    introduced = {id(e): e for _, e in before if one.noun in e.nouns}
    if one.introduced and len(introduced) != 1:
        return None
    if len(introduced) == 1 and one.noun not in _COMMON:
        return next(iter(introduced.values())).value
    fitting = {entity.value.id: entity for _, entity in before if entity.fits(one.noun, lang)}
    ranked = sorted(fitting.values(), key=lambda e: (-_salience(e, at, lines), e.value.id))
    if not ranked:
        return None
    best = _salience(ranked[0], at, lines)
    doubt = _salience(ranked[1], at, lines) if len(ranked) > 1 else 0.0
    return ranked[0].value if best >= _CLEAR * doubt and best > 0 else None


_CLEAR = 1.3
_HERE, _BEFORE, _ELSEWHERE, _TITLE = 1.0, 0.6, 0.3, 1.0


def _salience(entity: _Entity, at: int, lines: _Lines) -> float:
    """How much the text up to a place is about an entity: how often, how near, as what it names it."""
    total = 0.0
    for start in entity.starts:
        if start >= at:
            break
        near = _HERE if start >= lines.here else _BEFORE if start >= lines.previous else _ELSEWHERE
        total += near * (0.5 if start in entity.oblique else 1.0)
    return total + (_TITLE if entity.starts[0] < lines.title else 0.0)
