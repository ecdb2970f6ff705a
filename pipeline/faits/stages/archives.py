"""Articles that stand together in one file: JSON Lines, Parquet, WARC. Each has a path of its own below that file.

"archive.jsonl/00000012" is line 12; "archive.parquet/00000012" row 12; "crawl.warc.gz/000000345678.html" the record
at that byte. Numbers are padded, so that articles sort as they stand in the file. A file is read forwards: asked for
in order, articles cost one reading of it.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path
from typing import Any, Literal

from faits.errors import CorpusError

Form = Literal["jsonl", "parquet", "warc"]

ARCHIVES: dict[str, Form] = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".jsonl.gz": "jsonl",
    ".parquet": "parquet",
    ".warc": "warc",
    ".warc.gz": "warc",
}

# Where a record keeps its article: the first that holds something.
_TEXTS = ("text", "content", "body", "article", "maintext", "article_text", "texte", "contenu")
_PAGES = ("html", "raw_html", "page")
_OWN = frozenset({*_TEXTS, *_PAGES})
# Records looked at to tell a file of articles from a file of anything else.
_LOOKED_AT = 20
_DIGITS = 8
_OFFSET_DIGITS = 12


@dataclass(frozen=True)
class Member:
    """One article of an archive: its bytes, whether they are a page, and what else its record says."""

    data: bytes
    page: bool
    fields: Mapping[str, Any]


def form_of(path: Path) -> Form | None:
    """What kind of archive a file is by its name, None when it is none."""
    name = path.name.lower()
    return next((form for ending, form in ARCHIVES.items() if name.endswith(ending)), None)


def is_member(path: Path) -> bool:
    """Whether a path is that of an article within an archive."""
    return form_of(path.parent) is not None and path.parent.is_file()


def members(archive: Path) -> Iterator[Path]:
    """The paths of the articles of an archive, in order; whether one can be read shows when it is.

    Raises:
        CorpusError: it holds no article, cannot be read, or what reads it is not installed.
    """
    form = form_of(archive)
    assert form is not None
    try:
        yield from (archive / name for name in _NAMES[form](archive))
    except (OSError, EOFError) as error:
        raise _unreadable(error) from error


def member(path: Path, max_bytes: int) -> Member:
    """The article at a path within an archive.

    Raises:
        CorpusError: its record is broken, has no text, or is too large; the others can still be read.
    """
    form = form_of(path.parent)
    assert form is not None
    number = path.name.partition(".")[0]
    if not number.isdigit():
        raise _gone()
    try:
        return _MEMBERS[form](path.parent, int(number), max_bytes)
    except (OSError, EOFError) as error:
        raise _unreadable(error) from error


def _unreadable(error: Exception) -> CorpusError:
    why = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return CorpusError("unreadable", "cannot be read", why, "check the file; it may be cut short")


def _gone() -> CorpusError:
    return CorpusError("missing", "is not there", "its file has no such record", "check the path")


def _too_large(max_bytes: int) -> CorpusError:
    why = f"its record has more than {max_bytes:,} bytes"
    return CorpusError("too_large", "is too large", why, "split it or raise max_bytes")


def _of_record(fields: object, max_bytes: int) -> Member:
    if not isinstance(fields, dict):
        why = f"it is a {type(fields).__name__}, not fields with names"
        raise CorpusError("bad_record", "is no article", why, "correct the record; the others are read")
    folded = {str(name).casefold(): name for name in fields}
    for names, page in ((_TEXTS, False), (_PAGES, True)):
        name = next((folded[one] for one in names if one in folded and fields[folded[one]]), None)
        if name is None:
            continue
        text = fields[name]
        if not isinstance(text, (str, bytes)):
            why = f"{name} is a {type(text).__name__}, not a text"
            raise CorpusError("bad_record", "is no article", why, "correct the record; the others are read")
        data = text if isinstance(text, bytes) else text.encode("utf-8", "replace")
        if len(data) > max_bytes:
            raise _too_large(max_bytes)
        others = {str(key): value for key, value in fields.items()}
        return Member(data, page, {key: value for key, value in others.items() if key.casefold() not in _OWN})
    why = f"its record has none of {', '.join((*_TEXTS[:3], _PAGES[0]))}"
    raise CorpusError("empty", "is empty", why, "remove the record or give its text")


def _checked(records: Iterable[Callable[[], object]]) -> None:
    """See that among the first records one is an article: a file of anything else is one problem, not thousands.

    Raises:
        CorpusError: none is.
    """
    looked = False
    for record in islice(records, _LOOKED_AT):
        looked = True
        try:
            _of_record(record(), 1 << 62)
        except (CorpusError, ValueError, RecursionError):
            continue
        return
    why = "none of its first records has a field text or html" if looked else "it has no record"
    raise CorpusError("unsupported", "holds no article we can read", why, "name the field text, or move the file away")


# --- JSON Lines -------------------------------------------------------------------------------------------------------


def _lines(archive: Path) -> Iterator[bytes]:
    with gzip.open(archive) if archive.name.lower().endswith(".gz") else archive.open("rb") as file:
        yield from file


def _jsonl_names(archive: Path) -> Iterator[str]:
    written = (line for line in _lines(archive) if line.strip())
    _checked(partial(json.loads, line) for line in written)
    for number, line in enumerate(_lines(archive), 1):
        if line.strip():
            yield f"{number:0{_DIGITS}}"


def _jsonl_member(archive: Path, number: int, max_bytes: int) -> Member:
    line = _forwards(archive, _lines).at(number)
    if len(line) > 2 * max_bytes + 1_000_000:  # as JSON writes it; what it holds is measured too
        raise _too_large(max_bytes)
    try:
        fields = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:  # ValueError: no UTF-8, no JSON, a number of thousands of digits
        why = f"line {number} is no JSON ({str(error)[:100]})"
        raise CorpusError("bad_record", "is no article", why, "correct the line; the others are read") from error
    return _of_record(fields, max_bytes)


class _Forwards:
    """The records of a file by number from 1, read on from the last one asked for."""

    def __init__(self, archive: Path, records: Callable[[Path], Iterator[Any]]) -> None:
        self._begin = partial(records, archive)
        self._records, self._next = self._begin(), 1
        self._last: Any = None

    def at(self, number: int) -> Any:
        """The record of that number.

        Raises:
            CorpusError: there are not so many.
        """
        if number < self._next - 1:
            self._records, self._next = self._begin(), 1
        while self._next <= number:
            try:
                self._last = next(self._records)
            except StopIteration:
                raise _gone() from None
            self._next += 1
        return self._last


@lru_cache(maxsize=4)
def _forwards_of(archive: Path, records: Callable[[Path], Iterator[Any]], _state: tuple[int, int]) -> _Forwards:
    return _Forwards(archive, records)


def _forwards(archive: Path, records: Callable[[Path], Iterator[Any]]) -> _Forwards:
    now = archive.stat()
    return _forwards_of(archive, records, (now.st_mtime_ns, now.st_size))


# --- Parquet ----------------------------------------------------------------------------------------------------------


def _parquet(archive: Path) -> Any:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ModuleNotFoundError:
        raise _lacks("pyarrow", "parquet") from None
    try:
        return pq.ParquetFile(archive)
    except pa.ArrowInvalid as error:
        raise CorpusError("unreadable", "cannot be read", str(error)[:200], "write it again as Parquet") from error


def _rows(archive: Path) -> Iterator[dict[str, Any]]:
    for batch in _parquet(archive).iter_batches(batch_size=64):
        yield from batch.to_pylist()


def _parquet_names(archive: Path) -> Iterator[str]:
    file = _parquet(archive)
    _checked(partial(dict, row) for row in _rows(archive))
    yield from (f"{number:0{_DIGITS}}" for number in range(1, file.metadata.num_rows + 1))


def _parquet_member(archive: Path, number: int, max_bytes: int) -> Member:
    return _of_record(_forwards(archive, _rows).at(number), max_bytes)


# --- WARC -------------------------------------------------------------------------------------------------------------


def _pages(archive: Path) -> Iterator[tuple[int, bool, Any]]:
    """The records of a crawl that hold a page or a text: offset, whether a page, and the record to read from."""
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ModuleNotFoundError:
        raise _lacks("warcio", "warc") from None
    with archive.open("rb") as file:
        records = ArchiveIterator(file)
        try:
            for record in records:
                kind = _kind(record)
                if kind is not None:
                    yield records.get_record_offset(), kind == "page", record
        except ArchiveLoadFailed as error:
            why = str(error)[:200]
            raise CorpusError("unreadable", "cannot be read on", why, "the records before are read") from error


def _kind(record: Any) -> Literal["page", "text"] | None:
    if record.rec_type not in ("response", "resource", "conversion"):
        return None
    http = record.http_headers
    if http is not None and not http.get_statuscode().startswith("2"):
        return None
    said = (http or record.rec_headers).get_header("Content-Type") or ""
    if "html" in said:
        return "page"
    return "text" if said.startswith("text/plain") else None


def _warc_names(archive: Path) -> Iterator[str]:
    found = False
    for offset, page, _ in _pages(archive):
        found = True
        yield f"{offset:0{_OFFSET_DIGITS}}.{'html' if page else 'txt'}"
    if not found:
        why = "it has no response of type HTML or plain text"
        raise CorpusError("unsupported", "holds no article we can read", why, "move the file away")


def _warc_member(archive: Path, offset: int, max_bytes: int) -> Member:
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ModuleNotFoundError:
        raise _lacks("warcio", "warc") from None
    with archive.open("rb") as file:
        file.seek(offset)
        try:
            record = next(iter(ArchiveIterator(file)), None)
            kind = _kind(record) if record is not None else None
            if record is None or kind is None:
                raise _gone()
            data = record.content_stream().read(max_bytes + 1)
        except ArchiveLoadFailed as error:
            raise CorpusError("bad_record", "is no article", str(error)[:200], "the others are read") from error
    if len(data) > max_bytes:
        raise _too_large(max_bytes)
    address = record.rec_headers.get_header("WARC-Target-URI")
    return Member(data, kind == "page", {"url": address} if address else {})


def _lacks(module: str, extra: str) -> CorpusError:
    return CorpusError("unsupported", "is not read", f"{module} is not installed", f"pip install 'faits[{extra}]'")


_NAMES: dict[Form, Callable[[Path], Iterator[str]]] = {
    "jsonl": _jsonl_names, "parquet": _parquet_names, "warc": _warc_names,
}  # fmt: skip
_MEMBERS: dict[Form, Callable[[Path, int, int], Member]] = {
    "jsonl": _jsonl_member, "parquet": _parquet_member, "warc": _warc_member,
}  # fmt: skip
