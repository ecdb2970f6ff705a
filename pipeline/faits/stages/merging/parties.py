"""Whether two claims are about the same parties, whichever way round they tell it."""

from __future__ import annotations

from faits.model import Predicate
from faits.stages.merging.atoms import Atom
from faits.stages.merging.wording import Likeness, Wording, like, one_of, shared, wording

Family = frozenset[Predicate]

# One project's money is told as an investment, a cost, a contract or a spending: one family, any figures that agree.
MONEY: Family = frozenset({"investment", "cost", "contract_value", "spending"})

# Relations that read the same both ways.
MUTUAL: Family = frozenset({"partnership"})


def parties_alike(a: Atom, b: Atom) -> Likeness:
    """How well subject and object go together.

    "Microsoft investit 10 milliards dans Stargate" and "Stargate coûtera 10 milliards" go together: the recipient of
    an investment is what costs.
    """
    if a.subject.same(b.subject):
        return _objects_alike(a, b)
    if _crossed(a, b) or _crossed(b, a):
        return Likeness.SAME if a.other is not None and b.other is not None else Likeness.SILENT
    if a.other is not None and b.other is not None and a.other.same(b.other) and (_nameless(a) or _nameless(b)):
        return Likeness.UNKNOWN
    return Likeness.DIFFERENT


def _crossed(a: Atom, b: Atom) -> bool:
    """Whether what `a` has as object `b` has as subject, where that is no other statement."""
    if a.other is None or not a.other.same(b.subject):
        return False
    if {a.claim.predicate, b.claim.predicate} <= MUTUAL:
        return b.other is not None and b.other.same(a.subject)
    return {a.claim.predicate, b.claim.predicate} <= MONEY and (b.other is None or b.other.same(a.subject))


def _nameless(atom: Atom) -> bool:
    """Whether the subject is only "l'entreprise", "le groupe": a word that stands for some name."""
    return atom.subject.id is None and wording(" ".join(atom.subject.folded)).generic


def _objects_alike(a: Atom, b: Atom) -> Likeness:
    if a.claim.predicate == "role" and b.claim.predicate == "role":
        return _roles_alike(a, b)
    words = like(a.about, b.about, same_language=a.language == b.language)
    if a.other is not None and b.other is not None:
        return min(Likeness.SAME, max(words, Likeness.SILENT)) if a.other.same(b.other) else Likeness.DIFFERENT
    if a.other is None and b.other is None:
        return words
    named, other = (a, b) if a.other is not None else (b, a)
    if named.other is not None and set(named.other.folded) <= other.about.words:
        return Likeness.SAME
    return Likeness.SILENT if not other.about.words else Likeness.UNKNOWN


def _roles_alike(a: Atom, b: Atom) -> Likeness:
    """One function in one organisation, however it is called: "PDG", "patron", "chief executive" of OpenAI."""
    left, right = _role(a), _role(b)
    same_language = a.language == b.language
    if left.titles and right.titles and not _posts(left) & _posts(right):
        return Likeness.DIFFERENT
    if left.words - left.titles and right.words - right.titles:
        share = shared(left.words - left.titles, right.words - right.titles, same_language=same_language)
        return Likeness.SAME if share > 0 else Likeness.DIFFERENT
    return Likeness.SAME if left.titles & right.titles else Likeness.UNKNOWN


def _posts(role: Wording) -> frozenset[str]:
    """The functions named; those the press takes for each other ("patron", "président") as one."""
    return frozenset(one_of().get(title, title) for title in role.titles)


def _role(atom: Atom) -> Wording:
    if atom.other is None:
        return atom.about
    return Wording(words=frozenset(atom.other.folded) | atom.about.words, titles=atom.about.titles)
