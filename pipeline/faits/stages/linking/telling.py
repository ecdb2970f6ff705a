"""Whom the clause of a figure says it is of, and who in it only says or reckons so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from faits.lexicons.stance import estimating
from faits.model import EntityType, EntityValue, Mention
from faits.stages.linking.attribution import speakers
from faits.stages.linking.grammar import preposition_of, slots_of
from faits.stages.linking.referents import Referent
from faits.stages.linking.scene import Sentence
from faits.stages.linking.talk import Talk

if TYPE_CHECKING:
    from faits.text.parse import Token

_PARTIES: frozenset[EntityType] = frozenset({"ORG", "PERSON", "PLACE", "PROJECT", "PRODUCT"})
_CLAUSES = frozenset({"VERB", "AUX"})
_NO_JOINT = frozenset({"VERB", "AUX", "ADP", "PRON"})
_NAMED = frozenset({"name", "apposition"})
_POSSESSIVES = frozenset({"son", "sa", "ses", "leur", "leurs", "notre", "nos", "its", "their", "his", "her", "our"})
_THEY = frozenset({"ils", "elles", "they"})
_OWN = frozenset({"NOUN", "VERB"})  # "former une IA reviendrait à …"
_SOURCE = re.compile(r"\b(?:selon|d'apres|a en croire|according to|citing)\b")
_EACH = re.compile(r"\brespectivement\b|\brespectively\b")
_JOINT = re.compile(r"[,;]\s|\s(?:et|and|while|but|mais|puis)\s")
# "A détient 55 %, B, qui livrera les cathodes, 9 %": an aside and a preposition at most between a name and its figure.
_THEN = re.compile(
    r"^(?:\s*,[^.;:]{3,80},|\s*\([^()]*\))?\s*"
    r"(?:pour |de |d['’]|à |à hauteur de |with |at |by |for |of )?"
    r"(?:près de |environ |quelque |plus de |about |some |nearly |more than )?$"
)
_AT = re.compile(r"(?: par action| a share)?,? (?:at|by|for|from|in|chez|pour|par|a|au) ")
_CONTRAST = re.compile(
    r"\b(?:contre|face a|au lieu de|against|compared with|compared to|versus|as against)\s"
    r"(?:pres de |environ |quelque |plus de |moins de |seulement |about |some |nearly |more than |less than "
    r"|just |only )?$"
)
_THERE = frozenset({"a", "at"})
_BELONGS = re.compile(r" (pour|chez|a|au|aux|for|at) (?:l'|le |la |les |the )?(?:[a-z][\w-]*\s+){0,2}")
_PARTED = re.compile(r"[,;:]|\b(?:et|and|mais|but)\b")
_CLOSE = 60
_ASIDE_WORDS, _ASIDE = 5, 60
_PAUSE = re.compile(r"[,;:.!?«»“”\n]")
# "DUBLIN, 6 November 2025 - ", "PARIS (AFP) – ": where an agency writes from.
_ENDS = re.compile(r"[,”\"]\s(?:the |The )?$")
_DATELINE = re.compile(
    r"(?:[A-ZÉÈÀÂÔ][\w' -]{1,30}(?:,[^,;.]{3,30}| \([^()]{2,30}\)){1,2}|[A-ZÉÈÀÂÔ][A-ZÉÈÀÂÔ' -]{2,30}) (?:[-–—]|--) "
)
# ", reckons X, that is £3m", ", a confirmé X : 3 millions": the clause goes on behind its speaker.
_GOES_ON = re.compile(r"\s*(?:[:«“]|, (?:ils?|elles?|on|cela|ce|c['’]est|that|this|it|they|there)\b)")
_ARCS = 8


def told_of(talk: Talk, m: Mention) -> tuple[EntityValue, str] | None:
    """The party that the clause of a figure gives it to, and the rule that says so."""
    if (value := _in_its_row(talk, m)) is not None:
        return value, "in the same place of its row"
    if (value := _ranked(talk, m)) is not None:
        return value, "the former or the latter"
    if (value := gapped(talk, m)) is not None:
        return value, "whose verb is left out"
    if m.kind == "count" and (one := _counted_of(talk, m)) is not None:
        return one, "what is counted is its own"
    return None


def _in_its_row(talk: Talk, m: Mention) -> EntityValue | None:
    """Who stands where a figure stands: "A et B ont vendu respectivement 3 et 5"."""
    sentence = talk.scene.sentence_at(m.start)
    if _EACH.search(talk.scene.folded, sentence.start, sentence.end) is None:
        return None
    id_ = talk.aligned(m.start, sentence)
    return talk.known[id_].value if id_ is not None else None


def _ranked(talk: Talk, m: Mention) -> EntityValue | None:
    """Whose figure it is by rank: "£1.9bn at the former and £2.3bn at the latter", "le second en baisse de 4 %"."""
    scene, sentence = talk.scene, talk.scene.sentence_at(m.start)
    near = [slot for slot in talk.slots(sentence) if slot.rank is not None]
    for slot in near:
        if slot.start >= m.end and _AT.fullmatch(scene.folded[m.end : slot.start]):
            return talk.ordinal(slot)
    before = [slot for slot in near if slot.end <= m.start]
    if not before or scene.figures_between(before[-1].end, m.start):
        return None
    gap = scene.folded[before[-1].end : m.start]
    return talk.ordinal(before[-1]) if len(gap) < _CLOSE and not _PARTED.search(gap) else None


def gapped(talk: Talk, m: Mention) -> EntityValue | None:
    """Whose figure it is where the verb of the one before is not said again: "A détient 55 %, B 30 %"."""
    scene = talk.scene
    before = [one for one in scene.figures_in(scene.sentence_at(m.start).start, m.start) if one.kind == m.kind]
    if not before or before[-1].end > m.start:
        return None
    for one in reversed(scene.entities_in(before[-1].end, m.start)):
        value = one.value
        if not isinstance(value, EntityValue) or value.type not in _PARTIES:
            continue
        joints = list(_JOINT.finditer(scene.text, before[-1].end, one.start))
        if joints and _THEN.match(scene.text[one.end : m.start]) and _is_bare(talk, joints[-1].end(), one.start):
            return value
    return None


def set_against(talk: Talk, m: Mention) -> EntityValue | None:
    """Whose the figure is that another is set against: "31 % du marché, contre 25 % pour Microsoft"."""
    scene = talk.scene
    sentence = scene.sentence_at(m.start)
    if not any(one.kind == m.kind and one.end <= m.start for one in scene.figures_in(sentence.start, m.start)):
        return None
    if _CONTRAST.search(scene.folded, max(0, m.start - _CLOSE), m.start) is None:
        return None
    behind = scene.entities_in(m.end, m.end + _CLOSE)
    value = behind[0].value if behind else None
    if not isinstance(value, EntityValue) or value.type not in _PARTIES:
        return None
    gap = _BELONGS.fullmatch(scene.folded, m.end, behind[0].start)
    # "contre 1,2 milliard à Turin" says where.
    return None if gap is None or (value.type == "PLACE" and gap[1] in _THERE) else value


def _is_bare(talk: Talk, start: int, end: int) -> bool:
    """Whether only determiners and adjectives stand before a name: no verb and no preposition."""
    words = talk.tree.tokens(start, end - 1) if end > start + 1 else []
    return len(words) <= 4 and not any(t.pos_ in _NO_JOINT for t in words)


def _counted_of(talk: Talk, m: Mention) -> EntityValue | None:
    """Whose the counted things are: "la première des 62 fondations de son parc de Penmarch", "Norsel's 12 ships"."""
    noun = talk.tree.token(m.start, m.end)
    for child in noun.children if noun is not None else ():
        behind = child.dep_.startswith("nmod") and child.idx >= m.end and preposition_of(child) in {"de", "of"}
        if not behind and not (child.dep_ in {"nmod:poss", "poss"} and child.idx < m.start):
            continue
        found = talk.referents_of.of(child, _PARTIES)
        if found.value is not None and found.how in _NAMED and found.value.type != "PLACE":
            return found.value
    return None


def outsiders(talk: Talk, m: Mention) -> frozenset[str]:
    """The entities, by id, that only say or reckon a figure, and that no word of its clause points back to."""
    sentence = talk.scene.sentence_at(m.start)
    out = _beside_the_point(talk, m, sentence)
    f = talk.tree.token(m.start, m.end)
    if f is None:
        return out
    found = (_speaker(talk, f), _estimator(talk, f))
    sourced = _SOURCE.search(talk.scene.folded, sentence.start, sentence.end) is not None
    if sourced and (cited := speakers(talk.scene, sentence)) and _is_of_a_noun(f):
        out |= {id_ for id_, known in talk.known.items() if known.value.name in cited}
    return out | {one.value.id for one in found if one is not None and one.value is not None}


def _is_of_a_noun(f: Token) -> bool:
    """Whether the clause of a figure has a common noun as subject that points to nobody: "l'économie a progressé"."""
    token = f
    for _ in range(_ARCS):
        own = _subject(token)
        if own is not None:
            return own.pos_ == "NOUN" and not _points_back(own) and not _points_back(f)
        if token.head.i == token.i:
            return False
        token = token.head
    return False


def _beside_the_point(talk: Talk, m: Mention, sentence: Sentence) -> frozenset[str]:
    """Who is only named as speaking behind a figure (", reckons X"), and where the text is written from."""
    scene = talk.scene
    asides = []
    for cue in scene.speakers.between(sentence.start, sentence.end):
        near = scene.entities_in(cue.end, min(sentence.end, cue.end + _ASIDE)) if cue.row.place == "after" else []
        beside = bool(near) and scene.words_between(cue.end, near[0].start) <= _ASIDE_WORDS
        if beside and not _PAUSE.search(scene.text, cue.end, near[0].start) and _is_apart(scene.text, near[0], m):
            asides.append(near[0])
        before = scene.entities_in(max(m.end, cue.start - _ASIDE), cue.start) if scene.lang == "en" else []
        if (
            before
            and _ENDS.search(scene.text[m.end : before[-1].start])
            and not scene.text[before[-1].end : cue.start].strip()
        ):
            asides.append(before[-1])  # "…, the IEA estimates."
    if _DATELINE.match(scene.text, sentence.start, sentence.end) is not None:
        asides += scene.entities_in(sentence.start, sentence.start + 1)
    named = talk.first_in.get(sentence.index, [])
    ids = (one.value.id for one in asides if isinstance(one.value, EntityValue))
    return frozenset(id_ for id_ in ids if named.count(id_) == 1)


def _is_apart(text: str, speaker: Mention, m: Mention) -> bool:
    """Whether a figure is none of what describes a speaker: "calcule X, 34 ans, éleveuse de 80 vaches"."""
    return m.start < speaker.start or _GOES_ON.match(text, speaker.end, m.start) is not None


def is_of_many(talk: Talk, m: Mention) -> bool:
    """Whether the subject of a figure's clause is a pronoun of several ("ils"): no person by himself."""
    token = talk.tree.token(m.start, m.end)
    for _ in range(_ARCS if token is not None else 0):
        assert token is not None
        own = _subject(token)
        if own is not None:
            return own.lower_ in _THEY
        if token.head.i == token.i or token.dep_.startswith("acl"):
            return False
        token = token.head
    return False


def share_of(talk: Talk, m: Mention) -> int:
    """The token of what a clause gives the share of, -1 for none: "la part du nucléaire est passée de 75 % à 65 %"."""
    f = talk.tree.token(m.start, m.end) if m.kind in {"ratio", "points"} else None
    token = f
    for _ in range(_ARCS if token is not None else 0):
        assert token is not None
        own = _subject(token)
        if own is not None:
            of = (c for c in own.children if c.dep_.startswith("nmod") and preposition_of(c) in {"de", "of"})
            whose = any(c.dep_ in {"nmod:poss", "poss"} or c.lower_ in _POSSESSIVES for c in own.children)
            return next((c.i for c in of), -1) if own.lower_ in _SHARES and not whose else -1
        if token.head.i == token.i:
            return -1
        token = token.head
    return -1


_SHARES = frozenset({"part", "poids", "proportion", "share", "weight"})


def reckoning(talk: Talk, m: Mention) -> int:
    """The token of the noun that only puts a figure on something: "le cabinet évalue le marché à"; -1 for none."""
    f = talk.tree.token(m.start, m.end)
    if f is None or f.head.pos_ not in _CLAUSES:
        return -1
    verb = f.head
    form = talk.scene.folded[verb.idx : verb.idx + len(verb)]
    own, thing = _subject(verb), any(c.dep_ in {"obj", "dobj"} and c.i != f.i for c in verb.children)
    return own.i if own is not None and thing and form.startswith(estimating(talk.scene.lang)) else -1


def _speaker(talk: Talk, f: Token) -> Referent | None:
    """Who says a clause that has a noun of its own as subject: "X estime que la demande pourrait doubler"."""
    token = f
    for _ in range(_ARCS):
        if token.dep_ in {"ccomp", "parataxis"} and _is_clause(token):
            own, says = _subject(token) or _subject_before(token), _subject(token.head)
            return _aside(talk, f, own, says, _NAMED)
        raised = _raised(token) if talk.scene.lang == "en" else None
        if raised is not None:
            return _aside(talk, f, raised, _subject(raised.head), _NAMED | {"description"})
        if token.head.i == token.i:
            return None
        token = token.head
    return None


def _aside(talk: Talk, f: Token, own: Token | None, says: Token | None, sure: frozenset[str]) -> Referent | None:
    if own is None or says is None or own.pos_ not in _OWN or _points_back(own) or _points_back(f):
        return None
    found = talk.referents_of.of(says, _PARTIES)
    return found if found.how in sure else None


def _raised(verb: Token) -> Token | None:
    """The noun that does what an infinitive says and another verb has as object: "X expects the economy to expand"."""
    if verb.pos_ != "VERB" or not any(c.lower_ == "to" and c.dep_ in {"mark", "aux"} for c in verb.children):
        return None
    if verb.dep_ == "acl" and verb.head.dep_ == "obj":
        return verb.head
    objects = (c for c in verb.head.children if c.dep_ == "obj" and c.i < verb.i)
    return next(objects, None) if verb.dep_ == "xcomp" else None


def _subject(verb: Token) -> Token | None:
    return next((c for c in verb.children if c.dep_.startswith(("nsubj", "csubj"))), None)


def _subject_before(verb: Token) -> Token | None:
    """The subject that a parser gave to the participle behind it: "que la quantité utilisée par X pourrait doubler"."""
    beside = (c for c in verb.head.children if c.dep_ == verb.dep_ and c.i < verb.i)
    return next((own for own in map(_subject, beside) if own is not None), None)


def _estimator(talk: Talk, f: Token) -> Referent | None:
    """Who puts a figure on something: "X évalue le marché à 3 milliards", "the sum that X puts at $3bn"."""
    verb, below = f.head, f
    if verb.pos_ not in _CLAUSES:
        verb, below = verb.head, verb
    form = talk.scene.folded[verb.idx : verb.idx + len(verb)]
    if verb.pos_ not in _CLAUSES or below.dep_.startswith("nsubj") or not form.startswith(estimating(talk.scene.lang)):
        return None
    thing = next((c for c in verb.children if c.dep_ in {"obj", "dobj"} and c.i != below.i), None)
    if thing is None or _points_back(thing):
        return None
    found = (talk.referents_of.of(t, _PARTIES) for t in slots_of(verb, noun=False).get("subject", []))
    return next((one for one in found if one.value is not None and one.how in _NAMED), None)


def _is_clause(token: Token) -> bool:
    return token.pos_ in _CLAUSES or any(c.dep_ == "cop" for c in token.children)


def _points_back(noun: Token) -> bool:
    """Whether a possessive stands by a noun or by what completes it."""
    return any(t.lower_ in _POSSESSIVES for t in noun.subtree)
