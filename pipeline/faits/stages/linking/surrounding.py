"""What stands around the noun or the verb of a sum: whose it is, whom it is said of, what its prepositions bring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from faits.stages.linking.grammar import Slots, coordinated, is_passive, preposition_of, slots_of

if TYPE_CHECKING:
    from faits.text.parse import Token

_CLAUSES = frozenset({"VERB", "AUX"})
_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubjpass"})
_FAVOURS = frozenset({"faveur", "profit", "bénéfice", "favour", "favor", "benefit"})
_UNITS = frozenset({"euros", "dollars", "francs", "livres", "yens", "yuans", "couronnes", "pounds", "euro", "dollar"})
_OF = frozenset({"de", "of"})


def around_verb(verb: Token, f: Token) -> Slots:
    """What stands in each slot of a verb; a parser may hang the agent of a passive on the figure `f`."""
    slots = slots_of(verb, noun=False)
    if "subject" not in slots and is_passive(verb):
        aside = around(f, f)
        slots["subject"] = aside.get("by") or aside.get("par") or []
    return slots


def around(noun: Token, f: Token) -> Slots:
    """What stands in each slot of a noun; a parser may hang on the figure `f` what is the noun's."""
    found: Slots = {}
    unit = next((c for c in f.children if c.dep_ == "nmod" and c.lower_ in _UNITS), None)  # "millions d'euros de X"
    below = [*(f.children if f.i != noun.i else ()), *(unit.children if unit is not None else ())]
    for child in [*noun.children, *below]:
        slot = _slot(child, noun)
        if slot and child.lower_ in _FAVOURS:  # "en faveur de X"
            inside = (c for c in child.children if preposition_of(c) in _OF)
            found.setdefault("à", []).extend(one for c in inside for one in coordinated(c))
        elif slot:
            found.setdefault(slot, []).extend([child] if slot == "owner" else coordinated(child))
            for inner in child.children if slot not in {"owner", "compound"} else ():
                deeper = _slot(inner, child)  # "un prêt de la banque à X" read as a bank at X
                if deeper not in {"", "owner", "compound"} | _OF:
                    found.setdefault(deeper, []).extend(coordinated(inner))
    if (owner := _whose(noun)) is not None:
        found.setdefault("owner", []).append(owner)
    if (host := _host(noun)) is not None:
        found["host"] = [host]
    return found


def _slot(child: Token, noun: Token) -> str:
    dep = child.dep_
    if dep in {"nmod:poss", "poss"} or (dep == "det" and "Yes" in child.morph.get("Poss", [])):
        return "owner"
    slot = preposition_of(child) if dep.startswith(("nmod", "obl")) else ""
    if not slot and dep.startswith(("compound", "nmod")) and child.i < noun.i and child.pos_ in {"PROPN", "NOUN"}:
        return "compound"
    return slot


def _whose(noun: Token) -> Token | None:
    """Whose a noun is by "dont" or "whose": what the relative clause is said of that it is the subject of."""
    verb = noun.head
    if not noun.dep_.startswith("nsubj") or not verb.dep_.startswith("acl") or verb.head.i > noun.i:
        return None
    relative = any(t.lower_ in {"dont", "whose"} and verb.head.i < t.i < noun.i for t in verb.subtree)
    return verb.head if relative else None


def _host(noun: Token) -> Token | None:
    """Whom a noun is said of: "X, propriétaire de 60 % de Y", "Propriétaire de 78 % de Y, X cède sa part"."""
    if noun.dep_ in {"appos", "nmod", "flat"} and noun.head.i < noun.i and not preposition_of(noun):
        return noun.head
    verb = noun.head
    if verb.pos_ in _CLAUSES and noun.dep_ not in _SUBJECTS and not preposition_of(noun) and noun.i < verb.i:
        return next((c for c in verb.children if c.dep_ in _SUBJECTS), None)
    return None
