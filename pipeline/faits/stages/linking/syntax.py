"""What a dependency parse says of two places, when there is a parse."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from faits.text.parse import Doc, Token

_SUBJECTS = {"nsubj", "nsubj:pass", "nsubjpass", "nsubj:caus", "csubj"}
_AGENTS = {"obl:agent", "agent"}
_COMPLEMENTS = {"nmod", "flat", "appos", "obl", "iobj", "obj"}


def relation_to(doc: Doc | None, start: int, end: int, to_start: int, to_end: int) -> list[str]:
    """How `text[start:end]` stands to `text[to_start:to_end]`: words for a ranker, none without a parse."""
    if doc is None or not doc.has_annotation("DEP"):
        return []
    one, other = _root(doc, start, end), _root(doc, to_start, to_end)
    if one is None or other is None or one.sent.start != other.sent.start:
        return []
    above = {token.i: n for n, token in enumerate([other, *other.ancestors])}
    out = []
    if one.dep_ in _SUBJECTS:
        depth = above.get(one.head.i)
        out.append("subject elsewhere" if depth is None else "subject above" if depth > 2 else "subject near")
    elif one.dep_ in _AGENTS or (one.dep_.startswith("obl") and any(c.lower_ in {"par", "by"} for c in one.children)):
        out.append("agent" if one.head.i in above else "agent elsewhere")
    elif one.dep_.split(":")[0] in _COMPLEMENTS:
        where = "above" if one.head.i in above else "elsewhere"
        out.append(f"{one.dep_.split(':')[0]} {where}")
    climb = next((n for n, token in enumerate([one, *one.ancestors]) if token.i in above), None)
    if climb is not None:
        out.append(f"path up {min(climb, 4)}")
    return out


def _root(doc: Doc, start: int, end: int) -> Token | None:
    span = doc.char_span(start, end, alignment_mode="expand")
    return span.root if span is not None and len(span) else None
