"""Text that was decoded wrongly once ("Ã©lectricitÃ©"), put right where ftfy is sure: its wrapper."""

from __future__ import annotations

import re

from faits.model import Edit

# How the second and third bytes of UTF-8 look in Windows-1252 or Latin-1, after a first byte that looks like a letter.
# It opens with a class of characters, which is searched for fast.
_SUSPECT = re.compile(
    r"[ÃÂÅÄÐÊËâï](?:(?<=[ÃÂÅÄÐÊË])[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|(?<=â)€|(?<=Ã) |(?<=ï)(?:¿½|»¿))"
)
_RUN = re.compile(r"[^\x00-\x7f]+(?:(?<=Ã) )?")


def mojibake_repairs(source: str) -> list[Edit]:
    """Edits that give wrongly decoded characters back; none where ftfy sees nothing bad. Curly quotes stay.

    >>> [(e.start, e.end, e.replacement) for e in mojibake_repairs("l'Ã©lectricitÃ© d’ici")]
    [(2, 4, 'é'), (13, 15, 'é')]
    """
    if not _SUSPECT.search(source):
        return []
    from ftfy import fix_encoding
    from ftfy.badness import is_bad

    edits = []
    for line in re.finditer(r"[^\n]+", source):
        if not _SUSPECT.search(line[0]) or not is_bad(line[0][:5000]):
            continue
        for run in _RUN.finditer(line[0]):
            if _SUSPECT.search(run[0]) and (fixed := fix_encoding(run[0])) != run[0]:
                start = line.start() + run.start()
                edits.append(
                    Edit(start=start, end=start + len(run[0]), replacement=fixed, reason="decoded wrongly once before")
                )
    return edits
