"""Headline and author as the text itself gives them, where no container does."""

from __future__ import annotations

import re
from collections.abc import Sequence

from faits.text.page import Verdict
from faits.text.segments import Segment

_SIGNED = re.compile(
    r"(?:^|\b)(?i:par|by|de notre correspondante?|from)\s+"
    r"(?P<name>[A-ZÀ-ÖØ-ÞŒ][\w’'-]+(?:\s(?:de|du|des|la|le|van|von|der|den|d['’]|al|bin|ben))*(?:\s[A-ZÀ-ÖØ-ÞŒ][\w’'.-]+){1,3})"
)
_NAME_ALONE = re.compile(
    r"(?P<name>[A-ZÀ-ÖØ-ÞŒ][\w’'-]+(?:\s(?:de|du|des|la|le|van|von|der|den))*(?:\s[A-ZÀ-ÖØ-ÞŒ][\w’'.-]+){1,3})$"
)


def plain_title(segment: Segment) -> str:
    """A headline without Markdown and odd blanks."""
    return " ".join(segment.plain.split())


def author_of(segments: Sequence[Segment], verdicts: Sequence[Verdict | None]) -> str | None:
    """The author a byline names, or the name alone under the headline; None when nobody signs."""
    for segment, verdict in zip(segments, verdicts, strict=True):
        if verdict is None or verdict.kind != "credit":
            continue
        if found := _SIGNED.match(segment.plain):
            return found["name"]
        if verdict.reason.startswith("a name alone") and (found := _NAME_ALONE.match(segment.plain)):
            return found["name"]
    return None
