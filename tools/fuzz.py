"""Feeds load, clean, numbers and dates whatever atheris thinks of, by hand and for as long as you like.

    pip install atheris            # not among our dependencies: it needs clang and follows few Python versions
    python tools/fuzz.py [-max_total_time=600] [FOLDER]

FOLDER keeps the inputs that reached new code; libFuzzer's options are its own. A crash leaves a file `crash-…`: make
it a hostile file of tests/hostile/zoo.py, or a case. Without atheris, `--replay FILE...` runs files that were found.
"""

from __future__ import annotations

import sys
from pathlib import Path

from faits.errors import CorpusError
from faits.model import Lang
from faits.stages.clean import clean
from faits.stages.find import find
from faits.stages.load import Format, Gathered, decoded

_KINDS: tuple[Format, ...] = ("text", "markdown", "html")
_LANGS: tuple[Lang, ...] = ("fr", "en")


def one(data: bytes) -> str:
    """Read one input as an article, and say whether it was "read" or "refused".

    The first byte says of what kind it is, and in which language figures are looked for.
    """
    if not data:
        return "refused"
    kind, lang = _KINDS[data[0] % 3], _LANGS[data[0] // 3 % 2]
    sidecar = data[1:200] if data[0] & 128 else None
    try:
        raw, _ = decoded(Gathered("fuzz", kind, data[1:], sidecar, "fuzz.json" if sidecar is not None else ""))
        article, _ = clean(raw)
    except CorpusError:
        return "refused"
    for mention in find(article.source, lang, None):
        assert article.source[mention.start : mention.end] == mention.text, mention
    return "read"


def main() -> int:
    """Fuzz, or replay what was found."""
    if sys.argv[1:2] == ["--replay"]:
        for file in sys.argv[2:]:
            one(Path(file).read_bytes())
        return 0
    import atheris  # type: ignore[import-not-found]  # installed by hand

    atheris.instrument_all()
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
