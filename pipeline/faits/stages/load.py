"""Finds the articles of a corpus and decodes them: files in, source texts and what their containers say out."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Literal

from faits.errors import CorpusError
from faits.model import Metadata, Problem, RawArticle, Removed
from faits.stages.archives import form_of, is_member, member, members
from faits.text import containers
from faits.text.encoding import Decoded, decode

Format = Literal["text", "markdown", "html"]

FORMATS: dict[str, Format] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
}

_READ = ".txt, .md, .html, .jsonl, .parquet and .warc"

# Files that stand beside articles and are none.
_NO_ARTICLES = ("readme*", "license*", "licence*", "copying*", "notice*", "corrections.jsonl", ".*", "*~")
_NO_FOLDERS = ("gold", ".*", "__pycache__")

_SIDECAR_BYTES = 1_000_000


def discover(corpus: Path, *, leaving_out: Path | None = None) -> tuple[list[Path], list[Problem]]:
    """The articles of a folder, or the one file named, sorted by path; and what else was there, as problems.

    An article that stands with others in one file has a path below that file (see `archives`).

    Hidden files, README, LICENSE, sidecars, corrections and folders named "gold" are passed over in silence, and so
    is the folder `leaving_out`, where the tables may lie.
    """
    if not corpus.exists() and not corpus.is_symlink():
        advice = "name a folder of articles, or one file of them"
        return [], [_problem(None, "missing_corpus", f"{corpus}: no such folder or file", "nothing is there", advice)]
    if not corpus.is_dir():
        return _sorted_out([corpus], corpus.parent, [])
    problems: list[Problem] = []
    paths, others = _sorted_out(list(_walk(corpus, problems, leaving_out)), corpus, problems)
    if not paths:
        others.append(_problem(None, "empty_corpus", f"{corpus}: no article", f"it holds no {_READ}", "add some"))
    return paths, others


def _walk(corpus: Path, problems: list[Problem], leaving_out: Path | None) -> Iterator[Path]:
    left_out = leaving_out.resolve() if leaving_out is not None else None

    def refused(error: OSError) -> None:
        name = _name(Path(error.filename), corpus)
        problems.append(
            _problem(name, "unreadable", "cannot be listed", error.strerror or "refused", "check its permissions")
        )

    for folder, folders, files in os.walk(corpus, onerror=refused):
        folders[:] = sorted(
            f for f in folders if not _matches(f, _NO_FOLDERS) and Path(folder, f).resolve() != left_out
        )
        for linked in (one for one in folders if Path(folder, one).is_symlink()):
            name, advice = _name(Path(folder, linked), corpus), "copy its files themselves"
            problems.append(_problem(name, "outside", "is not entered", "it is a link to a folder", advice))
        yield from (Path(folder, file) for file in files if not _matches(file, _NO_ARTICLES))


def passed_over(name: str) -> bool:
    """Whether a file of this name is never taken for an article."""
    return _matches(name, _NO_ARTICLES)


def _matches(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatch(name.lower(), pattern) for pattern in patterns)


def _sorted_out(files: list[Path], root: Path, problems: list[Problem]) -> tuple[list[Path], list[Problem]]:
    """Articles apart from the files of other types, each of which is a problem."""
    files = sorted(files, key=lambda path: path.relative_to(root).as_posix())
    articles = [path for path in files if path.suffix.lower() in FORMATS and _writable(path, root)]
    stems = {path.with_suffix("") for path in articles}
    for path in (one for one in files if form_of(one) is not None):
        articles += _within(path, root, problems)
    articles.sort(key=lambda path: path.relative_to(root).as_posix())
    for path in (one for one in files if form_of(one) is None):
        sidecar = path.suffix.lower() == ".json" and path.with_suffix("") in stems
        if path.suffix.lower() in FORMATS:
            if not _writable(path, root):
                name = _name(path, root)
                why = "no table or no file beside it can bear it"
                problems.append(_problem(name, "unreadable", "its name is not text, or is too long", why, "rename it"))
        elif not sidecar:
            kind = path.suffix.lower() or "no suffix"
            problems.append(
                _problem(
                    _name(path, root),
                    "unsupported",
                    f"is no article we can read ({kind})",
                    f"only {_READ} are read",
                    "convert it or move it away",
                )
            )
    return articles, problems


def _within(archive: Path, root: Path, problems: list[Problem]) -> list[Path]:
    """The articles of one file of many, those before a break in it also when it is cut short."""
    found: list[Path] = []
    try:
        if not _writable(archive, root):
            why = "no table can bear it"
            raise CorpusError("unreadable", "its name is not text, or is too long", why, "rename it")
        _check_inside(archive, root)
        for path in members(archive):
            found.append(path)
    except CorpusError as error:
        problems.append(_problem(_name(archive, root), error.code, error.what, error.why, error.advice))
    return found


def _check_inside(path: Path, root: Path) -> None:
    """See that a link does not lead to a secret outside the corpus.

    Raises:
        CorpusError: it does, or the file is no file.
    """
    try:
        if path.is_symlink() and not path.resolve(strict=True).is_relative_to(root.resolve()):
            raise CorpusError("outside", "leads out of the corpus", "it is a symbolic link", "copy the file itself")
    except (OSError, RuntimeError) as error:
        raise CorpusError("missing", "is not there", "its link leads nowhere", "check the path") from error
    if not path.is_file():
        raise _no_file()


def _writable(path: Path, root: Path) -> bool:
    name = path.relative_to(root).as_posix()
    # The text of a page is kept in a file named for it, ".txt" added: file systems take 255 bytes.
    return name == _name(path, root) and len(os.fsencode(path.name)) <= 251


def _name(path: Path, root: Path) -> str:
    """The path relative to the root, with '/', and with bytes that are no UTF-8 spelt out."""
    try:
        name = path.relative_to(root).as_posix()
    except ValueError:
        name = path.name
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _problem(article: str | None, code: str, what: str, why: str, advice: str) -> Problem:
    return Problem(article=article, code=code, what=what, why=why, advice=advice)


@dataclass(frozen=True)
class Gathered:
    """The bytes of an article and of the sidecar beside it, read once: what all else is computed from."""

    name: str
    kind: Format
    data: bytes
    sidecar: bytes | None = None
    sidecar_name: str = ""
    sidecar_fault: str = ""

    def digest(self) -> bytes:
        """What changes when any of it does."""
        parts = (
            self.data,
            self.sidecar or b"",
            b"" if self.sidecar is None else b"beside",
            self.sidecar_fault.encode(),
        )
        whole = hashlib.sha256(self.name.encode() + b"\0" + self.sidecar_name.encode())
        for part in parts:
            whole.update(hashlib.sha256(part).digest())
        return whole.digest()


def load(path: Path, *, root: Path, max_bytes: int = 20_000_000) -> tuple[RawArticle, list[Problem]]:
    """One article as decoded, with what its container says, and what of the container could not be read.

    Raises:
        CorpusError: the article itself cannot be read; `code` is one of missing, unreadable, not_a_file, outside,
            empty, binary, too_large, undecodable, unsupported.
    """
    return decoded(gather(path, root=root, max_bytes=max_bytes))


def gather(path: Path, *, root: Path, max_bytes: int = 20_000_000) -> Gathered:
    """The bytes of an article and its sidecar.

    Raises:
        CorpusError: as `load`, for all that shows before decoding.
    """
    if is_member(path):
        return _gathered_within(path, root, max_bytes)
    data = _bytes(path, root, max_bytes)
    kind = FORMATS.get(path.suffix.lower())
    if kind is None:
        raise CorpusError("unsupported", "is of another type", f"only {_READ} are read", "convert it")
    name, beside = _name(path, root), path.with_suffix(".json")
    if beside == path or not os.path.lexists(beside):
        return Gathered(name, kind, data)
    try:
        return Gathered(name, kind, data, _bytes(beside, root, _SIDECAR_BYTES), beside.name)
    except CorpusError as error:
        return Gathered(name, kind, data, None, beside.name, f"{error.what}: {error.why}")


def _gathered_within(path: Path, root: Path, max_bytes: int) -> Gathered:
    _check_inside(path.parent, root)
    found = member(path, max_bytes)
    kind: Format = "html" if found.page else "text"
    # Its record says of it what a sidecar would.
    beside = json.dumps(dict(found.fields), ensure_ascii=False, default=str).encode("utf-8", "replace")
    return Gathered(_name(path, root), kind, found.data, beside if found.fields else None,
                    "record" if found.fields else "")  # fmt: skip


def decoded(gathered: Gathered) -> tuple[RawArticle, list[Problem]]:
    """What the bytes of an article say: pure.

    Raises:
        CorpusError: as `load`.
    """
    data, name, kind = gathered.data, gathered.name, gathered.kind
    if not data.strip():
        raise CorpusError("empty", "is empty", "it holds no character", "remove it or save its text again")
    source, encoding, told, labels, problems = _read_html(data) if kind == "html" else _read_text(data, name, kind)
    beside, faults = _sidecar(gathered)
    raw = RawArticle(
        id=name,
        sha256=hashlib.sha256(data).hexdigest(),
        source=source,
        encoding=encoding,
        format=kind,
        metadata=_merged(told, beside),
        labels=labels,
    )
    return raw, [*(p.model_copy(update={"article": name}) for p in problems), *faults]


def _bytes(path: Path, root: Path, max_bytes: int) -> bytes:
    try:
        # A link may lead to a secret outside the corpus, a FIFO would be waited on for ever.
        if path.is_symlink() and not path.resolve(strict=True).is_relative_to(root.resolve()):
            raise CorpusError("outside", "leads out of the corpus", "it is a symbolic link", "copy the file itself")
        handle = os.open(path.resolve(), os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
        with os.fdopen(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise _no_file()
            data = file.read(max_bytes + 1)
    except FileNotFoundError:
        raise CorpusError("missing", "is not there", "no such file", "check the path") from None
    except IsADirectoryError:
        raise _no_file() from None
    except (OSError, RuntimeError) as error:  # RuntimeError: links that lead in a circle
        if getattr(error, "errno", None) == errno.ENXIO:  # a socket
            raise _no_file() from None
        why = getattr(error, "strerror", None) or str(error)
        raise CorpusError("unreadable", "cannot be read", why, "check its permissions") from error
    if len(data) > max_bytes:
        raise CorpusError(
            "too_large", "is too large", f"it has more than {max_bytes:,} bytes", "split it or raise max_bytes"
        )
    return data


def _no_file() -> CorpusError:
    return CorpusError("not_a_file", "is no regular file", "it is a folder, pipe or device", "remove it")


Read = tuple[str, str, Metadata, tuple[Removed, ...], list[Problem]]


def _read_text(data: bytes, name: str, kind: Format) -> Read:
    decoded = decode(data)
    source = decoded.text
    problems = _lost(decoded, name)
    if not source.strip():
        raise CorpusError("empty", "is empty", "it holds only blanks", "remove it or save its text again")
    if header := containers.header_line(source):
        return source, decoded.encoding, header[1], (header[0],), problems
    if kind == "markdown" and (front := containers.front_matter(source)):
        told, faults = _front_matter(front[1], name, toml=source.startswith("+++"))
        return source, decoded.encoding, told, (front[0],), [*problems, *faults]
    return source, decoded.encoding, Metadata(), (), problems


def _read_html(data: bytes) -> Read:
    from faits.text.html import declared_charset, read_page

    decoded = decode(data, declared=declared_charset(data))
    page = read_page(decoded.text)
    if not page.text.strip():
        raise CorpusError(
            "empty", "has no main text", "the page holds no article that can be told from its frame", "save it as text"
        )
    return page.text, decoded.encoding, page.metadata, (), _lost(decoded, "")


def _lost(decoded: Decoded, name: str) -> list[Problem]:
    if not decoded.lost:
        return []
    why = f"{decoded.lost} bytes are not {decoded.encoding}"
    return [_problem(name, "encoding", "some characters are lost", why, "save it as UTF-8 from the original")]


def _front_matter(body: str, name: str, *, toml: bool) -> tuple[Metadata, list[Problem]]:
    try:
        told, faults = containers.metadata_of(containers.front_matter_fields(body, toml=toml), "metadata")
    except containers.ContainerError as error:
        return Metadata(), [_problem(name, "front_matter", "its front matter is unread", str(error), "correct it")]
    return told, [_problem(name, "front_matter", "a field is unread", fault, "correct it") for fault in faults]


def _sidecar(gathered: Gathered) -> tuple[Metadata, list[Problem]]:
    """What the JSON file beside an article says; a broken one is a problem and costs nothing else."""
    name, beside = gathered.name, gathered.sidecar_name
    if not beside:
        return Metadata(), []
    try:
        if gathered.sidecar is None:
            raise containers.ContainerError(gathered.sidecar_fault)
        fields = containers.sidecar_fields(decode(gathered.sidecar or b" ").text)
        told, faults = containers.metadata_of(fields, "sidecar")
    except (containers.ContainerError, CorpusError) as error:
        what = f"its sidecar {beside} is unread"
        return Metadata(), [_problem(name, "sidecar", what, str(error), "correct it; the article is read all the same")]
    return told, [
        _problem(name, "sidecar", f"a field of its sidecar {beside} is unread", fault, "correct the field")
        for fault in faults
    ]


def _merged(told: Metadata, beside: Metadata) -> Metadata:
    """What the sidecar says wins, field by field."""
    won = {field: value for field, value in beside.model_dump().items() if value is not None}
    return told.model_copy(update=won)
