"""Packs the rows of a page piece by piece; a piece that the last page holds too is copied from it, not made again.

A block of the page is one stream of deflate, in base64. A piece is a run of rows, compressed by itself and ended at a
whole byte and a whole group of base64, so that pieces can stand behind one another. Where one ends is decided by the
rows themselves: one row more changes one piece, and the same rows give the same page, whatever was copied.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

import faits
from faits.stages.write import place

# A piece has so many rows on average; longer ones compress hardly better.
_ROWS = 64
_MOST_BYTES = 1 << 18

# Blocks of deflate that hold nothing: five bytes, so that one or two of them complete a group of three.
_NOTHING, _LAST = b"\x00\x00\x00\xff\xff", b"\x01\x00\x00\xff\xff"

# What a row of the page is made of -> the row. None: it could not be made just now, and the piece is not to be kept.
Shown = Callable[[bytes], bytes | None]


class Packer:
    """Writes blocks of rows through `put`, and knows where each piece has come to stand."""

    def __init__(self, put: Callable[[bytes], object], last: LastPage) -> None:
        self._put, self._last, self._place = put, last, 0
        self.placed: dict[str, tuple[int, int]] = {}

    def write(self, data: bytes) -> None:
        """Write what is no piece."""
        self._put(data)
        self._place += len(data)

    def block(self, name: str, rows: Iterable[bytes], shown: Shown) -> None:
        """Write a block: for each of `rows` what is `shown` of it, which may depend on nothing else."""
        for some in _runs(rows):
            digest = _digest(name, some)
            packed = self._last.piece(digest)
            if packed is None:
                made = [shown(row) for row in some]
                packed = _packed(b"".join(row + b"\n" for row in made if row))
            else:
                made = []
            if None not in made:
                self.placed[digest] = (self._place, len(packed))
            self.write(packed)
        self.write(base64.b64encode(_NOTHING + _NOTHING + _LAST))


def _runs(rows: Iterable[bytes]) -> Iterator[list[bytes]]:
    some: list[bytes] = []
    size = 0
    for row in rows:
        some.append(row)
        size += len(row)
        if zlib.crc32(row) % _ROWS == 0 or size >= _MOST_BYTES:
            yield some
            some, size = [], 0
    if some:
        yield some


def _digest(name: str, rows: Iterable[bytes]) -> str:
    whole = hashlib.blake2b(name.encode(), digest_size=16)
    for row in rows:
        whole.update(b"%d\n" % len(row))
        whole.update(row)
    return whole.hexdigest()


def _packed(data: bytes) -> bytes:
    deflate = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = deflate.compress(data) + deflate.flush(zlib.Z_FULL_FLUSH)
    return base64.b64encode(packed + _NOTHING * (len(packed) % 3))  # five bytes are two, but for whole groups


# --- the page that is there -------------------------------------------------------------------------------------------


@dataclass
class LastPage:
    """The page made before, where it can be trusted and was made by the same code; else nothing."""

    page: BinaryIO | None = None
    pieces: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, page: Path, known: Path) -> LastPage:
        """The one in `page`, of which `known` tells the pieces."""
        try:
            told = json.loads(known.read_bytes())
            pieces = {digest: (int(start), int(size)) for digest, (start, size) in told["pieces"].items()}
            if told["seal"] != _seal(told["page"], pieces):
                return cls()
            file = page.open("rb")
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return cls()
        if hashlib.file_digest(file, "sha256").hexdigest() != told["page"]:
            file.close()
            return cls()
        return cls(file, pieces)

    def piece(self, digest: str) -> bytes | None:
        """One of its pieces."""
        found = self.pieces.get(digest)
        return os.pread(self.page.fileno(), found[1], found[0]) if found is not None and self.page is not None else None

    def __enter__(self) -> LastPage:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if self.page is not None:
            self.page.close()


def keep(known: Path, page: str, pieces: Mapping[str, tuple[int, int]]) -> None:
    """Tell in `known` where the pieces stand in the page with that SHA-256.

    Raises:
        OSError: the folder cannot be written.
    """
    told = {"seal": _seal(page, pieces), "page": page, "pieces": pieces}
    place(json.dumps(told, separators=(",", ":")).encode(), known)


def _seal(page: str, pieces: Mapping[str, tuple[int, int]]) -> str:
    whole = hashlib.sha256(f"{_code()} {page}".encode())
    for digest, (start, size) in sorted(pieces.items()):
        whole.update(f"\n{digest} {start} {size}".encode())
    return whole.hexdigest()


@cache
def _code() -> str:
    """A digest of all that may decide how a row is shown: our code and words, and the library that packs it."""
    whole = hashlib.sha256(zlib.ZLIB_RUNTIME_VERSION.encode())
    package = Path(faits.__file__).parent
    for file in sorted(path for path in package.rglob("*") if path.suffix in (".py", ".toml")):
        whole.update(hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()
