"""Bytes to text: the encoding a file is in, found without mangling a character."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from faits.errors import CorpusError

# Longest first: the UTF-32 mark begins with the UTF-16 one.
_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# Office files, archives, images and programs that were renamed to .txt.
_BINARY = (
    b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"\x7fELF", b"{\\rtf",
    b"\xd0\xcf\x11\xe0",
)  # fmt: skip

# Eight-bit encodings French and English texts were saved in (Windows, old Macs, DOS), tried in this order.
_WESTERN = ("cp1252", "mac_roman", "cp850")

_READ_AS_CP1252 = frozenset({"ascii", "us-ascii", "iso-8859-1", "iso8859-1", "latin-1", "latin1", "windows-1252"})

# What French and English write beyond ASCII; a wrong encoding turns nearly all of it into something else.
_REPERTOIRE = frozenset(
    "àâäçéèêëîïôöùûüÿœæñáíóúãåøßÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŒÆÑÁÍÓÚÅØ«»‹›“”‘’–—…•·€£¥$©®™°ºª²³½¼¾±×÷§¶†µ\xa0\xad¿¡"
)

# Detectors look at so much of a file and no more; beyond it they only get slower.
_SAMPLE_BYTES = 200_000

# Control characters, but for the few a text has: in number they mean that it is none.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded file; `lost` counts the bytes that could not be read and show as U+FFFD."""

    text: str
    encoding: str
    lost: int = 0


def decode(data: bytes, *, declared: str | None = None) -> Decoded:
    """The text of a file, without byte-order mark; line ends are left as they are.

    The mark wins, then strict UTF-8, then what the page itself declares, then what the detectors guess.

    >>> decode("prix : 3 €".encode("cp1252") + b"\\r\\n").text
    'prix : 3 €\\r\\n'

    Raises:
        CorpusError: the bytes are no text ("binary") or in no encoding we know ("undecodable").
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _checked(_marked(data[len(mark) :], encoding))
    if data.startswith(_BINARY) or b"\x00" in data:
        raise _binary()
    return _checked(_utf8(data) or _guessed(data, declared))


def _marked(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, errors="replace")
    return Decoded(text, encoding, lost=text.count("\ufffd"))


def _utf8(data: bytes) -> Decoded | None:
    """The text when it is UTF-8, also where a few bytes of it are broken; None when it is something else."""
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", errors="replace")
    lost = text.count("\ufffd")
    read = sum(1 for char in text if char > "\x7f") - lost
    # One accent in ten or fewer is broken: the file is UTF-8 that something cut, not another encoding.
    return Decoded(text, "utf-8", lost) if read > 10 * lost else None


def _guessed(data: bytes, declared: str | None) -> Decoded:
    for encoding in (declared, *_WESTERN):
        text = _strictly(data, encoding)
        if encoding and text is not None and _reads_western(text):
            return Decoded(text, _canonical(encoding))
    # Too short a text, or in another alphabet: the detectors know more languages than we do.
    for guess in (_by_cchardet, _by_charset_normalizer):
        encoding = guess(data)
        text = _strictly(data, encoding)
        if encoding and text is not None:
            return Decoded(text, _canonical(encoding))
    raise CorpusError(
        "undecodable", "cannot be decoded", "its bytes are in no encoding we know", "save it as UTF-8 and run again"
    )


def _reads_western(text: str) -> bool:
    """Whether nearly all characters beyond ASCII are ones that French and English write."""
    beyond = _BEYOND_ASCII.findall(text[:_SAMPLE_BYTES])
    return sum(char in _REPERTOIRE for char in beyond) >= 0.95 * len(beyond)


def _strictly(data: bytes, encoding: str | None) -> str | None:
    if not encoding:
        return None
    try:
        return data.decode(_canonical(encoding))
    except (UnicodeDecodeError, LookupError):
        return None


def _canonical(encoding: str) -> str:
    """Windows-1252 where Latin-1 or ASCII is named: browsers read them so (WHATWG Encoding Standard, 4.2)."""
    name = encoding.strip().lower()
    return "cp1252" if name.replace("_", "-") in _READ_AS_CP1252 else name


def _by_cchardet(data: bytes) -> str | None:
    import cchardet

    found = cchardet.detect(data[:_SAMPLE_BYTES])["encoding"]
    return str(found) if found else None


def _by_charset_normalizer(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE_BYTES]).best()
    return best.encoding if best else None


def _checked(decoded: Decoded) -> Decoded:
    sample = decoded.text[:_SAMPLE_BYTES]
    strange = len(_CONTROL.findall(sample))
    if strange > 3 + len(sample) // 100 or decoded.lost > 3 + len(decoded.text) // 10:
        raise _binary()
    return decoded


def _binary() -> CorpusError:
    return CorpusError(
        "binary", "is not a text", "it holds bytes no text has", "convert it to .txt, .md or .html, or move it away"
    )
