"""The noun a number counts: "deux réacteurs nucléaires", "32 data centres"."""

from __future__ import annotations

from faits.text.forms import Grammar
from faits.text.terms import OF, Term
from faits.text.tokens import Tokens

_MILLION = 1_000_000
# "Les trois usines" are those told of before; who writes "les douze plateaux" says how many there are.
_ANAPHORIC = 10


def counted(cut: Tokens, term: Term, g: Grammar, floor: int) -> tuple[str, int, int] | None:
    """What a bare number counts, as written, the token after its head noun, and that after the whole phrase.

    None when it counts nothing.

    Vague or anaphoric counts ("les deux entreprises", "l'un des réacteurs") count nothing.
    """
    i, j = term.number_begin, term.end
    if not cut.digits[i] and i > floor and cut.norms[i - 1] in g.words["definite"] and term.number < _ANAPHORIC:
        return None
    noun_like = term.scale > 1 or term.approx or not cut.digits[term.number_end - 1]
    if cut.norms[j] in OF:
        if not noun_like or (g.lang == "en" and term.scale == 1 and not term.approx):
            return None
        j += 1
    elif g.lang == "fr" and (term.scale >= _MILLION or term.approx):
        return None  # "2,7 milliards espérés": a noun would take "de"
    if term.scale >= _MILLION and cut.norms[j] in g.words["proceeds"]:
        return None
    if j >= len(cut) or cut.broken(j) or cut.starts[j] - cut.ends[j - 1] > 2:
        return None
    if cut.norms[j] in '«“"‘' and cut.norms[j]:
        j += 1
    return _french(cut, j, term, g) if g.lang == "fr" else _english(cut, j, term, g)


def _french(cut: Tokens, j: int, term: Term, g: Grammar) -> tuple[str, int, int] | None:
    first = j
    while cut.norms[j] in g.words["adjective"] and j < first + 2:
        j += 1
    if not _noun(cut, j, g) or not _many_french(cut, j, term, g):
        return None
    end = j + 1
    while end < j + 4 and _clings(cut, end):
        norm = cut.norms[end]
        if norm in ("de", "d'") and _noun(cut, end + 1, g) and cut.written(end + 1).islower():
            end += 2
            continue
        plural = norm[-1] in "sx" and len(norm) > 3 and norm not in g.words["stop"] and cut.written(end).islower()
        if not plural or g.before.match(cut, end) is not None or g.names.match(cut, end) is not None:
            break
        end += 1
    return cut.text[cut.starts[first] : cut.ends[end - 1]], j + 1, end


def _many_french(cut: Tokens, j: int, term: Term, g: Grammar) -> bool:
    written, norm = cut.written(j), cut.norms[j]
    if abs(term.number) < 2:
        return cut.digits[term.number_begin] and len(norm) > 2
    return norm[-1] in "sxz" or norm in g.words["plural"] or (not written.islower() and len(written) > 1)


def _noun(cut: Tokens, j: int, g: Grammar) -> bool:
    norm = cut.norms[j]
    return len(norm) > 1 and norm[0].isalpha() and norm not in g.words["stop"] and not norm.endswith("'")


def _clings(cut: Tokens, j: int) -> bool:
    return j < len(cut) and not cut.broken(j) and cut.norms[j][:1].isalpha()


def _english(cut: Tokens, j: int, term: Term, g: Grammar) -> tuple[str, int, int] | None:
    head = None
    k = j
    while k < j + 5 and k < len(cut) and not cut.broken(k) and _noun(cut, k, g):
        if _many_english(cut, k, g) or (abs(term.number) == 1 and k == j):
            head = k
        elif head is not None:
            break
        k += 1
        if cut.norms[k] == "-" and cut.glued(k) and cut.glued(k + 1):
            k += 1
    return (cut.text[cut.starts[j] : cut.ends[head]], head + 1, head + 1) if head is not None else None


def _many_english(cut: Tokens, k: int, g: Grammar) -> bool:
    norm, written = cut.norms[k], cut.written(k)
    if norm in g.words["plural"]:
        return True
    if written.isupper() and 1 < len(written) <= 5:
        return True
    return norm[-1] == "s" and not norm.endswith(("ss", "us", "is", "ous")) and len(norm) > 2
