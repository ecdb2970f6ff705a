"""Who says so: named after "selon", subject of a verb of saying, or speaker of the quotation a passage stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from faits.lexicons.naming import phrases
from faits.lexicons.predicates import Found, SpeakerRow
from faits.model import EntityType, EntityValue, Mention
from faits.stages.linking.scene import Scene, Sentence

_QUIET = re.compile(r"^(?:\s*[,»”\"]|\s*que\b|\s*qu['’]|\s*that\b|\s*:)")
_PAUSE = re.compile(r"[,;:.!?«»“”\n]")
_PHRASE = re.compile(r"\s*([^,;:.()«»\"”\n]{3,70})")
_NOUN_PHRASE = re.compile(
    r"\s*(?:(?:mardi|lundi|mercredi|jeudi|vendredi|samedi|dimanche|hier)\s+)?"
    r"((?:le |la |l['’]|les |un |une |des |the |a |an |its |sa |son |ses )[^,;:.()«»\"”\n]{3,60})"
)
_BACK = re.compile(r"\s*(?:lui|elle|eux|elles|him|her|them|it)\b(?!-)")
_NAMED_NEXT = re.compile(r"^\s*,\s*(?:M\.|MM\.|Mme|Me|Mr|Mrs|Ms|Dr)?\s*$")
# "selon les versions", "according to the season": what it depends on, nobody who says so.
_NOBODY = re.compile(
    r"^(?:l[ea]s? |l['’]|the |ses |leurs? |its )?"
    r"(?:cas|versions?|mod[eè]les?|saisons?|besoins?|r[ée]gions?|pays|p[ée]riodes?|modalit[ée]s|crit[eè]res|sc[ée]narios?|formules?|plans?|calendriers?|usages?|types?|tailles?|ann[ée]es?|jours?"
    r"|conditions?|moyens|termes|principes?|r[eè]gles?|seasons?|needs?|sizes?|schedules?|rules?|terms?)\b",
    re.IGNORECASE,
)
_VERB_FIRST = re.compile(r"^\s*(?:a-t-|a-t-il|t-|-t-)")
_ASIDES = {",", "»", "”", '"'}
_QUOTES = (("«", "»"), ("“", "”"), ('"', '"'))
# What can say something: a product or a project is spoken of.
_SPEAKERS: frozenset[EntityType] = frozenset({"ORG", "PERSON", "EVENT"})


def attribution_of(scene: Scene, start: int, sentence: Sentence, publisher: str | None) -> tuple[str | None, str]:
    """The name of who says what stands at `start`, and the word that shows it; the newspaper itself is nobody."""
    for cue in scene.speakers.between(sentence.start, sentence.end):
        if cue.start <= start < cue.end:
            continue
        name = _speaker(scene, cue, sentence)
        if name is not None and name != publisher:
            return name, f"“{scene.text[cue.start : cue.end]}”"
    name = _quoted(scene, start, sentence)
    if name is not None and name != publisher:
        return name, "speaker of the quotation"
    return None, "no speaker"


def speakers(scene: Scene, sentence: Sentence) -> frozenset[str]:
    """The names a sentence only cites as its sources ("selon X", "d'après X"): it is not about them."""
    cited = (
        _after(scene, cue.start, cue.end, sentence)
        for cue in scene.speakers.between(sentence.start, sentence.end)
        if cue.row.place == "before"
    )
    return frozenset(name for name in cited if name is not None)


def _speaker(scene: Scene, cue: Found[SpeakerRow], sentence: Sentence) -> str | None:
    if cue.row.place == "before":
        return _after(scene, cue.start, cue.end, sentence)
    return _around(scene, cue.start, cue.end, sentence)


def _quoted(scene: Scene, start: int, sentence: Sentence) -> str | None:
    """The speaker of the quotation around `start`, told in the sentence it opens or ends in."""
    paragraph = [s for s in scene.sentences if s.paragraph == sentence.paragraph]
    first, last = paragraph[0].start, paragraph[-1].end
    for left, right in _QUOTES:
        opened = scene.text.rfind(left, first, start)
        closed = scene.text.find(right, start, last)
        if opened < 0 or closed < 0 or (left != right and scene.text.rfind(right, opened, start) >= 0):
            continue
        if left == right and scene.text.count(left, first, start) % 2 == 0:
            continue
        for other in dict.fromkeys((scene.sentence_at(closed), scene.sentence_at(opened))):
            outside = (
                cue
                for cue in scene.speakers.between(other.start, min(last, other.end + 80))
                if not opened < cue.start < closed
            )
            for cue in outside:
                name = _speaker(scene, cue, scene.sentence_at(cue.start))
                if name is not None:
                    return name
    return None


def _after(scene: Scene, start: int, offset: int, sentence: Sentence) -> str | None:
    """The speaker a preposition names: "selon X", and "pour X, …" at the head of a sentence."""
    aims = scene.folded[start:offset].strip() in {"pour", "for"}
    for m in scene.entities_in(offset, offset + 40):
        if scene.words_between(offset, m.start) > 4 or _PAUSE.search(scene.text, offset, m.start):
            break
        if not isinstance(m.value, EntityValue) or m.value.type not in _SPEAKERS:
            continue
        heads = start - sentence.start < 3 and scene.text[m.end : m.end + 1] == ","
        return m.value.name if heads or not aims else None
    if aims:
        return None
    if _BACK.match(scene.text, offset):
        return _spoken_of(scene, start, sentence)
    return _phrase(scene, _PHRASE.match(scene.text, offset), sentence)


def _phrase(scene: Scene, match: re.Match[str] | None, sentence: Sentence) -> str | None:
    """A speaker without a name, as written ("trois personnes"), or under the name that follows or is meant."""
    if match is None or _NOBODY.match(match[1].strip()):
        return None
    a, b = match.span(1)
    for m in scene.entities_in(b, min(sentence.end, b + 40)):
        if isinstance(m.value, EntityValue) and m.value.type == "PERSON" and _NAMED_NEXT.match(scene.text[b : m.start]):
            return m.value.name
        break
    for start, end, value in scene.descriptions:
        if start <= a + 3 and a < end and end >= b - 2 and value.type in _SPEAKERS:
            return value.name
    words = match[1].strip().split()
    return " ".join(words) if 1 <= len(words) <= 9 else None


def _around(scene: Scene, start: int, end: int, sentence: Sentence) -> str | None:
    """The speaker of a verb: before it ("X estime que"), or after it in an aside (", estime X")."""
    aside = scene.text[max(0, start - 3) : start].rstrip()[-1:] in {",", "»", "”", '"', "-", "–"}
    if aside and _VERB_FIRST.match(scene.folded[start : start + 8]):
        return _spoken_of(scene, start, sentence)
    if aside:
        for m in scene.entities_in(end, min(sentence.end, end + 60)):
            if scene.words_between(end, m.start) <= 5 and _says(m) and not _PAUSE.search(scene.text, end, m.start):
                return _name(m)
        if (match := _NOUN_PHRASE.match(scene.text, end, sentence.end)) is not None:
            return _meant(scene, match, sentence)
    before = [m for m in scene.entities_in(sentence.start, start) if scene.words_between(m.end, start) <= 4]
    # "…, Bloomberg said.": an aside whose speaker stands before the verb.
    ends = scene.lang == "en" and bool(before) and scene.text[: before[-1].start].rstrip()[-1:] in _ASIDES
    if not ends and not _QUIET.match(scene.text[end : end + 8]) and not (scene.lang == "en" and aside):
        return None
    if before and _says(before[-1]):
        return _name(before[-1])
    for a, b, value in _descriptions(scene, sentence.start, start):
        if scene.words_between(b, start) <= 3 and value.type in _SPEAKERS and a >= sentence.start:
            return value.name
    return None


def _meant(scene: Scene, match: re.Match[str], sentence: Sentence) -> str | None:
    """The speaker after a verb without a name beside it: "jure la direction", "a tranché le ministre"."""
    a, b = match.span(1)
    for one in scene.anaphors.between(a, b):
        if one.start - a < 2 and "ORG" in one.row.types:
            earlier = scene.entities_in(scene.sentences[max(0, sentence.index - 2)].start, a)
            org = next((m.value for m in reversed(earlier) if _says(m) and _kind(m) == "ORG"), None)
            topic = next((v for v in scene.ranked_topics[:2] if v.type == "ORG"), None)
            value = topic if topic is not None else org
            if isinstance(value, EntityValue):
                return value.name
    # A verb between commas may have its object after it ("X, a dévoilé le projet"): only one who can speak speaks.
    words = re.findall(r"[\w'’-]+", match[1].lower().replace("’", "'").replace("l'", ""))
    named = phrases(scene.lang, "role"), phrases(scene.lang, "org_head"), phrases(scene.lang, "described_person")
    if not any(table.starting(words, at) for table in named for at in range(min(2, len(words)))):
        return None
    return _phrase(scene, match, sentence)


def _spoken_of(scene: Scene, offset: int, sentence: Sentence) -> str | None:
    """Whom "lui" or "a-t-il" points back to: the person named last, else the organisation that opened the sentence."""
    first = scene.sentences[max(0, sentence.index - 3)].start
    earlier = [m for m in scene.entities_in(first, offset) if _says(m)]
    people = [m for m in earlier if _kind(m) == "PERSON"]
    if people:
        return _name(people[-1])
    return _name(earlier[-1]) if earlier else None


def _descriptions(scene: Scene, a: int, b: int) -> Iterator[tuple[int, int, EntityValue]]:
    return (one for one in scene.descriptions if a <= one[0] and one[1] <= b)


def _kind(m: Mention) -> EntityType | None:
    return m.value.type if isinstance(m.value, EntityValue) else None


def _says(m: Mention) -> bool:
    return _kind(m) in _SPEAKERS


def _name(m: Mention) -> str:
    assert isinstance(m.value, EntityValue)
    return m.value.name
