"""Characters a second of libraries that cannot live beside ours, on text that comes in on standard input.

    .venv-peers/bin/python tools/bench_peers.py --seconds 10 < paragraphs.json

The input is a list of [text, language]; the output is one JSON object. `make bench-peers` makes the environment; this
file imports nothing of ours.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from typing import Any

Finder = Callable[[str, str], Any]


def main() -> int:
    """Print what each library reaches."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--seconds", type=float, default=10.0)
    seconds = parser.parse_args().seconds
    blocks = [(text, lang) for text, lang in json.load(sys.stdin)]
    found: dict[str, Any] = {}
    for name, made in PEERS.items():
        try:
            found[name] = rate(made(), blocks, seconds)
        except Exception as error:  # noqa: BLE001 – a library that fails on a text of ours is a result too
            found[name] = {"error": f"{type(error).__name__}: {error}"[:200]}
    json.dump(found, sys.stdout, indent=1)
    return 0


def rate(finder: Finder, blocks: list[tuple[str, str]], seconds: float) -> dict[str, float]:
    """Characters a second of processor time, over as much of the text as there is time for."""
    for lang in ("fr", "en"):
        finder("3 GW en 2030", lang)
    read, began = 0, time.process_time()
    for text, lang in blocks:
        finder(text, lang)
        read += len(text)
        if time.process_time() - began > seconds:
            break
    return {"characters_a_second": round(read / (time.process_time() - began)), "characters": read}


def recognizers() -> Finder:
    """Numbers with units and dates, each by the recogniser of its own that the library asks for."""
    from recognizers_date_time import DateTimeRecognizer
    from recognizers_number_with_unit import NumberWithUnitRecognizer

    cultures = {"fr": "fr-fr", "en": "en-us"}
    models: dict[str, list[Any]] = {}
    for lang, culture in cultures.items():
        units = NumberWithUnitRecognizer(culture)
        asked = [units.get_currency_model, units.get_dimension_model, DateTimeRecognizer(culture).get_datetime_model]
        models[lang] = [model(culture, fallback_to_default_culture=True) for model in asked]

    def find(text: str, lang: str) -> Any:
        return [model.parse(text) for model in models[lang]]

    return find


def edsnlp() -> Finder:
    """Dates and quantities of the French medical pipeline; it knows no other language."""
    import edsnlp as eds

    nlp = eds.blank("eds")
    nlp.add_pipe("eds.sentences")
    nlp.add_pipe("eds.dates")
    nlp.add_pipe("eds.quantities")

    def find(text: str, lang: str) -> Any:
        return nlp(text)

    return find


def timexy() -> Finder:
    """Dates and durations, a spaCy component."""
    import spacy
    from timexy import Timexy  # noqa: F401 – registers the component

    pipelines = {}
    for lang in ("fr", "en"):
        pipelines[lang] = spacy.blank(lang)
        pipelines[lang].add_pipe("timexy", config={"kb_id_type": "timex3", "label": "timexy"})

    def find(text: str, lang: str) -> Any:
        return pipelines[lang](text)

    return find


PEERS: dict[str, Callable[[], Finder]] = {"recognizers-text": recognizers, "edsnlp": edsnlp, "timexy": timexy}

if __name__ == "__main__":
    raise SystemExit(main())
