"""Who does what to whom around a word, read off a dependency parse (Universal Dependencies).

A *slot* is where a token stands: "subject" (who does: the agent of a passive too), "object" (whom it is done to),
"host" (what a noun is said of), "apposed", "owner" (a possessive), or the preposition before it ("de", "with").
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from faits.text.parse import Doc, Token

Slots = dict[str, list["Token"]]

_SUBJECT = {"nsubj", "nsubj:caus", "csubj", "nsubj:outer"}
_PASSIVE_SUBJECT = {"nsubj:pass", "nsubjpass", "csubj:pass"}
_BARE_OBLIQUE = {"obl", "nmod", "obl:arg", "obl:mod", "iobj", "dative", "pobj", "obl:agent", "agent", "dep"}
_CLAUSES = {"xcomp", "advcl", "advcl:cleft", "ccomp", "csubj", "acl"}
_HAVE = {"avoir", "have"}
_FORMS = {"du": "de", "des": "de", "d'": "de", "d’": "de", "au": "à", "aux": "à", "l'": "le"}
_ADVERBS = {"auprès", "près", "loin", "autour", "proche", "close", "next", "au", "large"}
_OF = {"de", "of"}
_IN = {"en", "in", "à", "at", "aux"}
_ASIDE = {"par", "by", "avec", "with"}
_PRONOUN_SLOTS = {"lui": "à", "leur": "à"}


def parsed(doc: Doc | None) -> bool:
    """Whether there is a parse to read."""
    return doc is not None and doc.has_annotation("DEP")


def head_of(doc: Doc, start: int, end: int) -> Token | None:
    """The token that governs the others of `doc.text[start:end]`."""
    return doc.root_of(start, end)


def preposition_of(token: Token) -> str:
    """The preposition before a noun, as its base form ("des" is "de", "au large de" is itself); "" when none."""
    head = token.head
    for child in token.lefts:
        if child.dep_ == "case" or child.dep_ == "prep":
            words = [child, *(c for c in child.children if c.dep_ in {"fixed", "case"} and c.i > child.i)]
            first = _FORMS.get(child.lower_, child.lower_)
            whole = " ".join([first, *(_FORMS.get(w.lower_, w.lower_) for w in words[1:])])
            return f"{head.lower_} {whole}" if _adverbial(head) and head.i < child.i else whole
    if head.dep_ == "prep" or (head.pos_ == "ADP" and head.i < token.i):
        return _FORMS.get(head.lower_, head.lower_)
    return ""


def _adverbial(token: Token) -> bool:
    """Whether a token is the adverb of a preposition of two words ("auprès de", "close to")."""
    return token.pos_ in {"ADV", "ADP", "ADJ"} and token.lower_ in _ADVERBS


def is_passive(verb: Token) -> bool:
    """Whether a verb form is said of the one it is done to ("racheté par", "was bought")."""
    deps = {c.dep_ for c in verb.children}
    if deps & {"aux:pass", "auxpass"} or deps & _PASSIVE_SUBJECT:
        return True
    if "nsubj" in deps and deps & {"obj", "dobj"}:
        return False  # "Norsel picked Dalmor": a tagger may take a past for a participle
    if verb.pos_ not in {"VERB", "AUX"}:
        return verb.lower_.endswith(("é", "ée", "és", "ées", "ed"))
    if (
        "Part" not in verb.morph.get("VerbForm", [])
        or "Tense=Pres" in str(verb.morph)
        or verb.text.lower().endswith("ing")
    ):
        return False
    return not any(c.dep_.startswith("aux") and c.lemma_ in _HAVE | {"être", "be"} for c in verb.children)


def slots_of(token: Token, *, noun: bool) -> Slots:
    """What stands in each slot around a verb or a noun."""
    return _noun_slots(token) if noun and token.pos_ not in {"VERB", "AUX"} else _verb_slots(token)


def _verb_slots(verb: Token) -> Slots:
    found: Slots = {}
    passive = is_passive(verb)
    for child in verb.children:
        inner = [c for c in child.children if c.dep_.startswith(("obl", "nmod"))] if _adverbial(child) else []
        for one in inner or [child]:
            slot = preposition_of(one) if inner else _verb_slot(one, passive=passive)
            if slot:
                found.setdefault(slot, []).extend(coordinated(one))
    _recipients(verb, found, passive=passive)
    if is_stranded(verb):
        after = [c for c in verb.head.children if c.i > verb.i and c.dep_.startswith("flat") and c.pos_ == "PROPN"]
        if after and "object" not in found:
            found["object"] = after[:1]
    mine = "object" if passive else "subject"
    done = any(c.dep_ in {"obj", "dobj"} for c in verb.children)
    if passive and done and verb.dep_.startswith("acl") and "subject" not in found:
        found["subject"] = coordinated(verb.head)  # "X construit à Y un campus" read as "X, construit à Y"
    if mine not in found:
        found[mine] = list(_inherited(verb))
    return found


def is_stranded(verb: Token) -> bool:
    """Whether a parser took a verb for a part of the name before it ("Sophie Marchand rejoindra Veolia")."""
    return verb.pos_ == "VERB" and verb.dep_ in {"flat", "flat:name", "flat:foreign"} and verb.head.i < verb.i


def _recipients(verb: Token, found: Slots, *, passive: bool) -> None:
    """Who is given something, and what a parser hung on the object though it is the verb's ("fournir X à Y")."""
    objects = [c for c in verb.children if c.dep_ in {"obj", "dobj"}]
    agents = [c for c in verb.children if c.dep_ in {"obl:agent", "agent"}]
    given = [c for c in verb.children if c.dep_ in {"iobj", "dative"} and not preposition_of(c)]
    if len(objects) > 1 and objects[0].i > verb.i:
        given.append(objects[0])  # "awarded X the contract", both read as objects
    if passive and objects:
        given += [c for c in verb.children if c.dep_ in _PASSIVE_SUBJECT]
    if given:
        found["recipient"] = [one for c in given for one in coordinated(c)]
    for child in (c for one in (*objects, *agents) for c in one.children if c.dep_.startswith(("nmod", "obl"))):
        slot = preposition_of(child)
        if slot and slot not in _OF and slot not in found:
            found[slot] = coordinated(child)


def _verb_slot(child: Token, *, passive: bool) -> str:
    dep = child.dep_
    if dep in _PASSIVE_SUBJECT:
        return "object"
    if dep in _SUBJECT:
        # A parser that misses the passive calls its subject a plain one.
        return "object" if passive else "subject"
    if dep in {"obj", "dobj"}:
        return "object"
    if dep == "dep" and child.pos_ == "NOUN" and child.i > child.head.i and not preposition_of(child):
        return "object"  # parted from its verb by what stands between: "a mis en service, à Fos, un parc"
    if dep in {"obl:agent", "agent"}:
        return "subject"
    if dep in _BARE_OBLIQUE:
        slot = preposition_of(child)
        if slot in {"par", "by"} and passive:
            return "subject"
        if not slot and child.text[:1].isupper() and dep in {"obl", "obl:mod", "obl:arg"} and child.i > child.head.i:
            return "object"  # a name with no preposition behind its verb is what the verb is done to
        return slot or _PRONOUN_SLOTS.get(child.lower_, "" if dep != "iobj" else "à")
    return ""


def _inherited(verb: Token, depth: int = 0) -> Iterator[Token]:
    """The subject a verb takes over: of the verb that governs it, that it is joined to, or the noun it describes."""
    head = verb.head
    if head.i == verb.i or depth > 4:
        return
    if is_stranded(verb):
        while (
            head.dep_ in {"nmod", "flat", "flat:name"} and head.head.pos_ in {"NOUN", "PROPN"} and head.head.i < head.i
        ):
            head = head.head
        yield head
        return
    if verb.dep_.startswith("acl") or verb.dep_ in {"amod"}:
        yield from coordinated(head)
        return
    if verb.dep_ in {"conj", "aux", "cop", "parataxis"} or verb.dep_ in _CLAUSES:
        subjects = [c for c in head.children if c.dep_ in _SUBJECT | _PASSIVE_SUBJECT]
        told = [c for c in head.children if c.dep_ in {"obj", "dobj"} and c.i < verb.i] if verb.dep_ == "xcomp" else []
        if told and head.pos_ == "VERB":
            yield from coordinated(told[0])  # "condamne X à verser": X pays
        elif subjects:
            yield from (one for subject in subjects for one in coordinated(subject))
        elif head.pos_ in {"NOUN", "PROPN"} and verb.dep_ in {"advcl", "acl"}:
            yield from coordinated(head)
        else:
            yield from _inherited(head, depth + 1)


def _noun_slots(noun: Token) -> Slots:
    found: Slots = {}
    for child in noun.children:
        for slot in _noun_child(noun, child):
            found.setdefault(slot, []).extend(coordinated(child) if slot != "owner" else [child])
    # "le rachat de X par Y": a parser may hang Y on X.
    for child in (c for one in list(found.get("de", [])) + list(found.get("of", [])) for c in one.children):
        slot = preposition_of(child) if child.dep_.startswith(("nmod", "obl")) else ""
        if slot in _ASIDE and slot not in found:
            found[slot] = coordinated(child)
    aside = noun.dep_ in {"nmod", "obl", "obl:mod", "obl:arg"} and preposition_of(noun) in _IN
    if noun.dep_ in {"appos", "flat", "flat:name", "nmod:appos"} or (aside and noun.head.pos_ in {"NOUN", "PROPN"}):
        found.setdefault("host", []).append(noun.head)
    # English hangs a common noun on the name it stands before: "its subsidiary Framatome".
    if noun.dep_ in {"compound", "nmod", "nmod:desc", "amod"} and noun.head.text[:1].isupper() and noun.i < noun.head.i:
        found.setdefault("apposed", []).append(noun.head)
        found.setdefault("owner", []).extend(c for c in noun.head.children if c.dep_ in {"nmod:poss", "poss"})
    # A noun that a verb has as object or complement: "signe un accord avec", "figure parmi les clients de".
    verb = noun.head
    while verb.pos_ not in {"VERB", "AUX"} and verb.dep_ in {"conj", "nmod", "obj"} and verb.head.i != verb.i:
        verb = verb.head
    if verb.pos_ in {"VERB", "AUX"} and verb.i != noun.i:
        around = _verb_slots(verb)
        for slot, tokens in around.items():
            free = [t for t in tokens if t.i != noun.i and noun not in t.ancestors]
            if free and slot not in found:
                found[slot if slot != "object" or noun.dep_ not in {"nsubj", "nsubj:pass"} else "object"] = free
    if "host" not in found and "subject" in found and noun.dep_ not in {"nsubj", "nsubj:pass"}:
        found["host"] = found["subject"]
    return found


def _noun_child(noun: Token, child: Token) -> Iterator[str]:
    dep = child.dep_
    if child.lower_ == "dont":
        yield "de"  # "un supercalculateur dont le démarrage"
    elif dep in _SUBJECT | _PASSIVE_SUBJECT:
        yield "host"
    elif dep in {"appos", "flat", "flat:name", "nmod:appos"} or (dep == "nmod" and not preposition_of(child)):
        if child.pos_ in {"PROPN", "NOUN", "X"}:
            yield "apposed"
    elif dep in {"nmod:poss", "poss"} or (dep == "det" and "Yes" in child.morph.get("Poss", [])):
        yield "owner"
    elif dep in {"compound", "compound:name"} and child.pos_ == "PROPN":
        yield "compound"
    elif dep.startswith(("nmod", "obl", "prep", "agent")):
        if slot := preposition_of(child):
            yield slot
    elif (
        dep.startswith("acl") and child.pos_ == "VERB" and any(c.dep_ in {"obl:agent", "agent"} for c in child.children)
    ):
        return


def coordinated(token: Token) -> list[Token]:
    """A token and what is joined to it ("X, Y et Z")."""
    return [token, *(c for c in token.children if c.dep_ == "conj")]


def distance(one: Token, other: Token) -> int:
    """How many arcs of the parse lie between two tokens; 9 when they share no sentence."""
    above = {t.i: n for n, t in enumerate([one, *one.ancestors])}
    for n, t in enumerate([other, *other.ancestors]):
        if t.i in above:
            return n + above[t.i]
    return 9


def phrase(token: Token, *, most: int = 7) -> str:
    """The noun phrase of a token as written, without its determiner, relative clauses and asides."""
    keep = [token]
    for child in token.children:
        if child.dep_ in {"amod", "nummod", "compound", "flat", "flat:name", "nmod", "fixed"}:
            keep += [t for t in child.subtree if t.dep_ not in {"punct", "acl:relcl", "acl", "appos"}]
    run = sorted({t.i: t for t in keep}.values(), key=lambda t: t.i)
    first = last = next(n for n, t in enumerate(run) if t.i == token.i)
    while first > 0 and run[first - 1].i == run[first].i - 1:
        first -= 1
    while last + 1 < len(run) and run[last + 1].i == run[last].i + 1 and last - first < most:
        last += 1
    while last > 0 and run[last].pos_ in {"ADP", "DET", "CCONJ"} and run[last].i > token.i:
        last -= 1
    return str(token.doc[run[first].i : run[last].i + 1].text).strip(" ,;:«»\"'’")
