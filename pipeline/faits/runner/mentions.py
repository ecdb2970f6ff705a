"""The `faits mentions` filter: one text a line in, its mentions a line out, as they come."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from faits.errors import UsageError
from faits.extractors import dates
from faits.flow import Settings
from faits.lexicons.names import own_gazetteer
from faits.model import Lang, Mention
from faits.stages.annotate import annotate
from faits.stages.find import find
from faits.stages.normalise import normalise
from faits.text.languages import identify


class Text(BaseModel):
    """One line of input; keys we do not know are left alone."""

    model_config = ConfigDict(extra="ignore")

    id: str | int
    text: str
    lang: Lang | None = None
    published: str | None = Field(None, description="EDTF: what relative dates count from")


def mentions(lines: Iterable[str], settings: Settings) -> Iterator[dict[str, object]]:
    """One {id, lang, mentions} for each {id, text, lang?, published?}, offsets into `text` as given.

    The text is taken as it is: nothing is cleaned away. Without `lang` the language is guessed.

    Raises:
        UsageError: a line is no such object; it names the line.
    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _answer(_parse(line, number), number, settings)


def _parse(line: str, number: int) -> Text:
    try:
        return Text.model_validate(json.loads(line))
    except json.JSONDecodeError as error:
        raise UsageError(f"line {number}: not JSON; {error}; give one object a line") from error
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"]) or "the object"
        raise UsageError(f"line {number}: {key}; {first['msg']}; give {{id, text, lang?, published?}}") from error


def _answer(given: Text, number: int, settings: Settings) -> dict[str, object]:
    lang = given.lang or _language(given.text)
    published = _published(given, lang, number)
    doc = annotate(given.text, lang, pipeline=settings.pipelines.get(lang))
    names = own_gazetteer(settings.gazetteer)
    found, _ = normalise(find(given.text, lang, doc, gazetteer=names), given.text, lang, doc, published=published)
    return {"id": given.id, "lang": lang, "mentions": [_row(mention) for mention in found]}


def _language(text: str) -> Lang:
    """French or English, whichever is likelier: the filter answers every line."""
    return "en" if identify(text)[0] == "en" else "fr"


def _published(given: Text, lang: Lang, number: int) -> str | None:
    if given.published is None:
        return None
    published = dates.parse_published(given.published, lang)
    if published is None:
        raise UsageError(f"line {number}: published {given.published!r}; not a date; write 2024-05-15, 2024-05 or 2024")
    return published


def _row(mention: Mention) -> dict[str, object]:
    row: dict[str, object] = mention.model_dump(mode="json", by_alias=True)
    del row["article"]
    return row
