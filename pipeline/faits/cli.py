"""The `faits` command: parses arguments, calls one function, sets the exit status.

stdout carries data only; messages go to stderr. 0 done, 1 done but some inputs could not be read (or a table has
faults), 2 wrong usage, 130 interrupted.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from faits import __version__
from faits.commands import completion, defaults, explain, export, report
from faits.commands.saying import is_quiet, say, warn
from faits.errors import FaitsError, UsageError

if TYPE_CHECKING:
    from faits.runner.record import Summary

OK, INCOMPLETE, USAGE, INTERRUPTED = 0, 1, 2, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; what it gives back is the exit status."""
    try:
        arguments = defaults.parse(_parser(), argv, os.environ)
        return int(arguments.command(arguments))
    except FaitsError as error:
        warn(f"faits: {error}")
        return USAGE
    except KeyboardInterrupt:
        warn("faits: interrupted; the tables are those of the last whole run; the next one goes on from here")
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of stdout has seen enough (`faits mentions | head`): not an error. Python would complain once
        # more when it flushes stdout at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="faits", description="Turns press articles into a table of facts with proofs."
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="show the version and the spaCy pipelines in use")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _extract_arguments(commands.add_parser("extract", help="read a folder of articles and write the tables"))
    _add_arguments(commands.add_parser("add", help="copy articles into the corpus, with what is known of them"))
    _mentions_arguments(commands.add_parser("mentions", help="filter: JSONL texts in, their mentions out"))
    _check_arguments(commands.add_parser("check", help="check the tables: schema, offsets, units, ids"))
    _diff_arguments(commands.add_parser("diff", help="which facts came, went or changed between two tables"))
    _review_arguments(commands.add_parser("review", help="keep, list and check corrections of the table"))
    explain.arguments(commands.add_parser("explain", help="how a fact came to be, in plain words"))
    report.arguments(commands.add_parser("report", help="write the tables as one page that opens from disk"))
    export.arguments(commands.add_parser("export", help="write the tables in the format of another tool"))
    completion.arguments(commands.add_parser("completion", help="print the script for a shell's completion"), _parser)
    return parser


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from faits.runner.configuration import settings
        from faits.stages.annotate import pipeline_name

        chosen = settings().pipelines
        names = ", ".join(f"{lang}: {pipeline_name(lang, chosen.get(lang))}" for lang in ("fr", "en"))
        sys.stdout.write(f"faits {__version__} ({names})\n")
        parser.exit(OK)


def _extract_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("corpus", nargs="?", type=Path, default=Path("corpus"), help="folder of articles (corpus/)")
    _run_arguments(parser)
    parser.set_defaults(command=_extract)


def _run_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", "--outputs", type=Path, default=Path("outputs"), help="where the tables go (outputs/)")
    parser.add_argument("-j", "--jobs", type=_positive, default=1, help="worker processes (1)")
    parser.add_argument("--engine", choices=("local", "spark"), default="local", help="what runs it (local)")
    parser.add_argument("--master", default="local[*]", help="spark: its address, spark://HOST:7077 (local[*])")
    parser.add_argument("--parts", choices=("jsonl", "parquet"), help="spark: each table a folder of OUTPUTS/parts")
    parser.add_argument("--config", type=Path, help="configuration file (./faits.toml)")
    parser.add_argument("--no-report", dest="report", action="store_false", help="leave report.html as it is")


def _extract(arguments: argparse.Namespace) -> int:
    return INCOMPLETE if _extracted(arguments).bad_inputs else OK


def _extracted(arguments: argparse.Namespace) -> Summary:
    if arguments.parts and arguments.engine != "spark":
        raise UsageError("--parts; the local engine writes one file a table; add --engine spark")
    try:
        done = _run(arguments)
    except OSError as error:
        why = error.strerror or error
        raise UsageError(f"{arguments.outputs}: cannot be written; {why}; choose another with -o") from error
    for problem in done.bad_inputs:
        warn(str(problem))
    _say(
        f"{done.articles} articles, {done.mentions} mentions, {done.facts} facts, {done.problems} problems "
        f"in {done.seconds:.1f} seconds: {arguments.outputs}"
    )
    if arguments.parts:
        return done  # the report is made of whole tables
    if arguments.report and not done.changed and report.stands(arguments.outputs):
        _say(f"open {arguments.outputs / 'report.html'} to read them")
    elif arguments.report:
        _say(f"open {report.write(arguments.outputs, arguments.corpus)} to read them")
    return done


def _run(arguments: argparse.Namespace) -> Summary:
    from faits.runner.configuration import limits, settings

    chosen, allowed = settings(arguments.config), limits(arguments.config)
    if arguments.engine == "spark":
        from faits.runner.distributed import run

        return run.extract(
            arguments.corpus, arguments.outputs, settings=chosen, limits=allowed,
            master=arguments.master, parts=arguments.parts,
        )  # fmt: skip
    from faits.runner.local import extract
    from faits.runner.progress import bar, silent

    return extract(
        arguments.corpus,
        arguments.outputs,
        settings=chosen,
        limits=allowed,
        jobs=arguments.jobs,
        progress=silent if is_quiet() else bar,
    )


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="article (.txt, .md, .html)")
    parser.add_argument("--corpus", type=Path, default=Path("corpus"), help="folder of articles (corpus/)")
    parser.add_argument("--published", help="publication date: 2024-05-15, 2024-05 or 2024")
    parser.add_argument("--url", help="where it was published")
    parser.add_argument("--title", help="its title")
    parser.add_argument("--publisher", help="who published it")
    parser.set_defaults(command=_add)


def _add(arguments: argparse.Namespace) -> int:
    from faits.runner.adding import Known, add

    known = Known(
        published=arguments.published, url=arguments.url, title=arguments.title, publisher=arguments.publisher
    )
    try:
        for one in add(arguments.files, arguments.corpus, known):
            what = "added" if one.new else "already there"
            _say(f"{one.path}: {what}; run faits extract {arguments.corpus} to bring the tables up to date")
    except OSError as error:
        raise UsageError(f"{arguments.corpus}: cannot be written; {error.strerror or error}; free it") from error
    return OK


def _mentions_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--config", type=Path, help="configuration file (./faits.toml)")
    parser.set_defaults(command=_mentions)


def _mentions(arguments: argparse.Namespace) -> int:
    from faits.runner.configuration import settings
    from faits.runner.mentions import mentions

    sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # a text stream, whatever wraps it
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # as above
    for answer in mentions(sys.stdin, settings(arguments.config)):
        print(json.dumps(answer, ensure_ascii=False), flush=True)  # noqa: T201 – stdout carries the data
    return OK


def _check_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("outputs", nargs="?", type=Path, default=Path("outputs"), help="folder of tables (outputs/)")
    parser.add_argument("--corpus", type=Path, help="compare the quotes with the articles of this folder")
    parser.set_defaults(command=_check)


def _check(arguments: argparse.Namespace) -> int:
    from faits.runner.checking import check

    faults = check(arguments.outputs, arguments.corpus)
    for fault in faults:
        warn(fault)
    _say(f"{arguments.outputs}: {len(faults)} faults" if faults else f"{arguments.outputs}: in order")
    return INCOMPLETE if faults else OK


def _diff_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("old", type=Path, help="folder of tables, or a facts.jsonl")
    parser.add_argument("new", type=Path, help="the same, later")
    parser.add_argument("--lang", choices=("fr", "en"), default="fr", help="language of the sentences (fr)")
    parser.add_argument("--json", action="store_true", help="one JSON object a change")
    parser.set_defaults(command=_diff)


def _diff(arguments: argparse.Namespace) -> int:
    from collections import Counter

    from faits.exporters.diff import diff, read_table
    from faits.runner.progress import printable

    changes = diff(read_table(arguments.old), read_table(arguments.new), lang=arguments.lang)
    for change in changes:
        _give(json.dumps(change.row(), ensure_ascii=False) if arguments.json else printable(str(change)))
    kinds = Counter(change.kind for change in changes)
    counts = ", ".join(f"{kinds[kind]} {kind}" for kind in ("went", "came", "renamed", "changed"))
    _say(f"{arguments.old} -> {arguments.new}: {counts}")
    return OK


def _review_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(title="actions", required=True, metavar="ACTION")
    for name, what in (
        ("apply", "keep the corrections of these files beside the articles, and bring the tables up to date"),
        ("list", "every correction kept, with the place and the facts it now has"),
        ("orphans", "the corrections that change nothing any more, and why"),
    ):
        action = actions.add_parser(name, help=what)
        if name == "apply":
            action.add_argument("files", nargs="+", type=Path, metavar="FILE", help="corrections.jsonl")
        action.add_argument("--corpus", type=Path, default=Path("corpus"), help="folder of articles (corpus/)")
        _run_arguments(action)
        action.set_defaults(command=_review, action=name)


def _review(arguments: argparse.Namespace) -> int:
    from faits.runner.reviewing import keep

    if arguments.action == "apply":
        new, all_ = keep(arguments.files, arguments.corpus)
        _say(f"{arguments.corpus}: {new} corrections added, {all_} in all")
    summary = _extracted(arguments)
    orphans = [outcome for outcome in summary.reviewed if outcome.problem is not None]
    shown = {"apply": (), "list": summary.reviewed, "orphans": orphans}[arguments.action]
    for outcome in shown:
        _give(outcome.model_dump_json())
    _say(f"{len(summary.reviewed)} corrections, {len(orphans)} of them without effect")
    return INCOMPLETE if orphans else OK


def _give(line: str) -> None:
    print(line)  # noqa: T201 – stdout carries the data


def _positive(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of processes; give 1 or more")
    return int(text)


def _say(message: str) -> None:
    say(message)
