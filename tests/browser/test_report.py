"""The report as its reader meets it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from faits.exporters.reading import Plain
from faits.exporters.report import report
from faits.stages.corrections import Correction, apply, read
from shown import NEWSLETTER, TEXTS, facts, tables

Open = Callable[..., Page]


def the(predicate: str, **fields: Any) -> Any:
    """The fact of the small corpus with that predicate."""
    return next(f for f in facts() if f.predicate == predicate and all(getattr(f, k) == v for k, v in fields.items()))


def count(page: Page) -> str:
    return page.locator("#count").inner_text()


def address(page: Page) -> str:
    return page.url.partition("#")[2]


def test_a_search_finds_facts_without_accents_and_by_their_sentences(visit: Open) -> None:
    page = visit()

    page.keyboard.press("/")
    page.keyboard.type("BOREE ouvrira")

    expect(page.locator("#count")).to_contain_text("2 faits sur")
    expect(page.locator(".row mark").first).to_have_text(re.compile("Borée"))


def test_a_search_that_finds_nothing_says_so_and_offers_a_way_back(visit: Open) -> None:
    page = visit()

    page.fill("#search", "introuvable")
    expect(page.locator("#empty")).to_contain_text("Aucun fait ne correspond")
    page.click("#empty button")

    expect(page.locator("#count")).to_have_text(f"{len(facts())} faits")


@pytest.mark.parametrize(
    ("facet", "choice", "left"),
    [
        ("predicate", "investissement", 1),
        ("entity", "Lumen", 1),
        ("article", "Les marchés", 2),
        ("modality", "au conditionnel", 1),
        ("accord", "plusieurs articles", 1),
    ],
)
def test_a_filter_leaves_what_it_says_it_leaves(visit: Open, facet: str, choice: str, left: int) -> None:
    page = visit()

    label = page.locator(f'label[for^="f-{facet}-"]', has_text=choice)
    said = int(label.locator(".choice-n").inner_text())
    label.click()

    assert (said, page.locator(".row").count()) == (left, left)


def test_a_filtered_table_has_an_address_that_shows_it_again(visit: Open) -> None:
    page = visit()
    page.locator('label[for^="f-modality-"]', has_text="prévu").click()
    shown = count(page)

    again = visit(address=f"#{address(page)}")

    assert "modality=planned" in address(page)
    assert count(again) == shown != f"{len(facts())} faits"


def test_a_column_sorts_both_ways_and_says_which(visit: Open) -> None:
    page = visit()
    header = page.locator(".cell-time[role=columnheader]")

    header.locator("button").click()
    up = [page.locator(".row .cell-time").first.inner_text(), header.get_attribute("aria-sort")]
    header.locator("button").click()
    down = [page.locator(".row .cell-time").first.inner_text(), header.get_attribute("aria-sort")]

    assert (up, down) == (["En 2024", "ascending"], ["En 2031", "descending"])


def test_a_fact_opens_its_sentence_in_the_article_and_what_was_left_out_is_grey(visit: Open) -> None:
    page = visit(address=f"#{the('power_capacity').id}")

    reading = page.locator("#reading")
    expect(reading.locator(".mark-quote")).to_have_text("puissance de 96 MW")
    expect(reading.locator(".mark-sentence").first).to_contain_text("D'une")
    expect(reading.locator(".removed")).to_contain_text(NEWSLETTER)
    expect(reading.locator(".removed-kind")).to_have_text("lettre d’information – asks for an address")
    assert "".join(reading.locator(".text").inner_text().split()).replace(
        "".join(reading.locator(".removed-kind").inner_text().split()), ""
    ) == "".join(TEXTS["borée.txt"].split())


def test_the_language_of_the_page_changes_at_a_click(visit: Open) -> None:
    page = visit(address=f"#{the('revenue').id}")
    expect(page.locator("#panel-title")).to_contain_text("réalise un chiffre d’affaires de 58\u00a0millions d’euros")

    page.click("#lang-en")

    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#panel-title")).to_contain_text("€58\u00a0million")
    expect(page.locator("#count")).to_have_text(f"{len(facts())} facts")
    assert not re.search(r"\b(Faits|Filtres|Relecture|Fermer)\b", page.locator("body").inner_text())


def test_an_english_browser_meets_english(visit: Open) -> None:
    expect(visit(lang="en-GB").locator("#tabs")).to_contain_text("Charts")


def test_keys_alone_find_open_mark_and_close_a_fact(visit: Open) -> None:
    page = visit()
    page.keyboard.press("/")
    page.keyboard.type("lumen")
    page.keyboard.press("ArrowDown")
    active = page.locator("#grid").get_attribute("aria-activedescendant")
    page.keyboard.press("Enter")
    expect(page.locator("#panel")).to_be_visible()

    page.keyboard.press("f")
    expect(page.locator("#mark-wrong")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Escape")

    expect(page.locator("#panel")).to_be_hidden()
    assert active == "row-0"
    assert page.evaluate("document.activeElement.id") == "grid"


def test_charts_are_drawn_from_the_facts_and_lead_to_them(visit: Open) -> None:
    page = visit(address="#charts")
    charts = page.locator("#page-charts figure")

    assert charts.count() == 5
    expect(charts.nth(0).locator("a[href^='#f-']")).to_have_count(1)
    expect(charts.nth(3).locator("a[href^='#f-']")).to_have_count(3)
    page.locator("#page-charts a[href*='both=']").first.click()

    assert page.locator(".row").count() == 1


def test_conflicts_stand_side_by_side(visit: Open) -> None:
    page = visit(address="#conflicts")

    sides = page.locator(".conflict .sides").first.locator(".side-value").all_inner_texts()

    assert sides == ["En 2030", "En 2031"]


def test_the_address_of_no_fact_says_so(visit: Open) -> None:
    expect(visit(address="#f-0000000000000000").locator("#panel")).to_contain_text("f-0000000000000000")


def test_an_empty_table_says_so(visit: Open) -> None:
    page = visit(report(Plain(), {}))

    expect(page.locator("#empty")).to_contain_text("La table est vide")


def test_marks_and_corrections_are_saved_as_faits_review_reads_them(visit: Open, tmp_path: Path) -> None:
    page = visit(address=f"#{the('revenue').id}")
    page.click("#mark-right")
    expect(page.locator("#mark-right")).to_have_attribute("aria-pressed", "true")
    page.goto(page.url.partition("#")[0] + f"#{the('growth').id}")
    page.click("#mark-wrong")
    expect(page.locator("#mark-wrong")).to_have_attribute("aria-pressed", "true")
    page.goto(page.url.partition("#")[0] + f"#{the('power_capacity').id}")
    page.click("#mark-correct")
    page.select_option("#correct-field", "value")
    page.fill("#correct-number", "98,5")
    page.click("#correct-keep")
    page.click("#mark-correct")
    page.select_option("#correct-field", "subject")
    page.fill("#correct-into", "Solane")
    page.click("#correct-keep")
    page.click("#mark-correct")
    page.select_option("#correct-field", "time")
    page.fill("#correct-edtf", "2030-33")
    page.click("#correct-keep")
    expect(page.locator("#review-count")).to_have_text("5")

    page.click("#review-open")
    with page.expect_download() as saved:
        page.click("#save")
    saved.value.save_as(tmp_path / "corrections.jsonl")

    corrections, problems = read(tmp_path / "corrections.jsonl")
    _, outcomes = apply(facts(), corrections, TEXTS)
    assert problems == [] and [outcome.problem for outcome in outcomes] == [None] * 5
    assert [one.action for one in corrections] == ["confirm", "reject", "replace", "replace", "replace"]
    assert {one.field: one.value for one in corrections if one.field} == {
        "value": {"number": 98.5e6, "low": None, "high": None, "unit": "W", "bound": "exact", "kind": "power"},
        "subject": {"id": "org-solane", "name": "Solane", "type": "ORG", "aliases": []},
        "time": {
            "edtf": "2030-33", "earliest": "2030-01-01", "latest": "2030-03-31", "relation": "in", "relative": False,
            "anchor": None,
        },
    }  # fmt: skip
    assert all(outcome.facts for outcome in outcomes)
    assert _named(corrections[2]) == [TEXTS["borée.txt"], "puissance de 96 MW"]


def _named(correction: Correction) -> list[str]:
    """The article whose text holds the quote with what stands around it, and the quote."""
    quote = correction.quote
    whole = quote.prefix + quote.exact + quote.suffix
    return [next(text for text in TEXTS.values() if whole in text), quote.exact]


def test_marks_survive_a_reload_of_the_page(visit: Open) -> None:
    page = visit(address=f"#{the('revenue').id}")
    page.click("#mark-wrong")
    expect(page.locator("#review-count")).to_have_text("1")

    page.reload()

    expect(page.locator("#mark-wrong")).to_have_attribute("aria-pressed", "true")


def hostile() -> str:
    """The report of an article that tries to run, to steer the text around it, and to break out of its place."""
    attack = '</script><script>window.hacked=1</script><img src=x onerror="window.hacked=1"><!--'
    turned = "\u202eegnellahc\u202c \u2066x\u0007\u0000\x1b[31m\u0085"
    text = f"{attack}\n\nSolane {turned} investit 4 milliards de dollars. \U0001f4a3 {attack} Fin.\n"
    row = dict(tables().facts[0])
    start = text.index("4 milliards")
    proof = {**row["evidence"][0], "article": attack, "start": start, "end": start + 11, "quote": "4 milliards"}
    proof["sentence"] = text.split("\n\n")[1].strip()
    proof["stated"] = {"attribution": attack}
    party = {"id": "org-x", "name": attack + turned, "type": "ORG", "aliases": [attack]}
    row |= {"subject": party, "object": party, "statement": {"fr": attack + turned, "en": attack}, "evidence": [proof]}
    row |= {"attribution": attack, "id": "f-00000000000000aa"}
    article = {**tables().articles[0], "id": attack, "title": attack + turned, "publisher": attack}
    article |= {
        "url": "javascript:window.hacked=1",
        "removed": [{"start": 0, "end": 5, "kind": attack, "reason": turned}],
    }
    problem = {"article": attack, "code": attack, "what": attack, "why": turned, "advice": attack, "text": attack}
    return report(Plain(facts=(row,), articles=(article,), problems=(problem,)), {attack: text}, title=attack)


def test_a_hostile_article_is_shown_and_does_nothing(visit: Open) -> None:
    page = visit(hostile())
    start = page.url.partition("#")[0]
    shown = []
    for place in ("#facts", "#f-00000000000000aa", "#charts", "#conflicts", "#articles", "#problems"):
        page.goto(start + place)
        page.wait_for_timeout(60)
        shown.append(page.locator("body").inner_text())

    assert page.evaluate("window.hacked") is None
    assert page.locator("img, a[href^='javascript'], body script:not([id])").count() == 1  # the page's own script
    assert not set("".join(shown)) & set("\u202e\u2066\u0007\x1b")
    assert ["onerror" in text for text in shown] == [True, True, True, True, True, True]


def test_a_hostile_text_shows_its_controls_for_what_they_are(visit: Open) -> None:
    page = visit(hostile(), "#f-00000000000000aa")

    expect(page.locator("#reading .mark-quote")).to_have_text("4 milliards")
    assert {"U+202E", "U+0007", "U+0000", "U+001B"} <= set(page.locator("#reading .control").all_inner_texts())


@pytest.mark.parametrize("search", ["BOREE  ouvrira", '"create 310"', "œuvre", "d’affaires", "le phare 2031", "f-"])
def test_a_page_made_for_a_search_shows_what_the_page_itself_would_find(visit: Open, search: str) -> None:
    page = visit()
    page.fill("#search", search)
    page.wait_for_timeout(60)
    own = [] if page.locator("#empty").is_visible() else page.locator(".row .statement").all_inner_texts()

    made = visit(report(tables(), TEXTS, search=search))

    assert made.locator(".row .statement").all_inner_texts() == own
    expect(made.locator("#part")).to_contain_text(f"{len(own)} fait")


def test_a_page_of_some_facts_says_so_and_of_conflicts_too(visit: Open) -> None:
    disputed = next(row for row in tables().facts if row["conflicts"])
    rows = tuple(
        {**row, "conflicts": ["f-0000000000000001"]} if row["id"] == disputed["id"] else row for row in tables().facts
    )
    page = visit(report(Plain(facts=rows, articles=tables().articles), TEXTS, most=3), f"#{disputed['id']}")

    expect(page.locator("#part")).to_contain_text(f"Cette page montre 3 faits des {len(rows)} faits de la table")
    expect(page.locator("#panel")).to_contain_text("1 fait que cette page ne montre pas")
    assert visit().locator("#part").is_hidden()


def test_rows_exist_only_while_they_are_in_view(visit: Open) -> None:
    row = dict(tables().facts[0])
    many = [{**row, "id": f"f-{i:016x}", "value": None} for i in range(5000)]
    page = visit(report(Plain(facts=tuple(many), articles=tables().articles), TEXTS))

    page.locator("#grid").evaluate("grid => { grid.scrollTop = 200000; }")
    page.wait_for_timeout(50)

    assert page.locator(".row").count() < 60
    page.locator("#grid").focus()
    page.keyboard.press("End")
    expect(page.locator("#row-4999")).to_be_visible()


def test_texts_too_long_for_the_page_are_carried_around_their_proofs(visit: Open) -> None:
    padded = {name: text + "\n" + "Rien de plus. " * 400 for name, text in TEXTS.items()}
    page = visit(report(tables(), padded, whole=1000), f"#{the('power_capacity').id}")

    expect(page.locator("#reading .mark-quote")).to_have_text("puissance de 96 MW")
    expect(page.locator("#reading")).to_contain_text("trop long")
    assert len(page.locator("#reading .text").inner_text()) < 1500


def test_without_the_texts_the_sentence_still_stands(visit: Open) -> None:
    page = visit(report(tables(), {}), f"#{the('power_capacity').id}")

    expect(page.locator(".proof .mark-quote")).to_have_text("puissance de 96 MW")
    expect(page.locator("#reading")).to_contain_text("n’est plus là")


def test_printing_puts_every_row_on_paper(visit: Open) -> None:
    row = dict(tables().facts[0])
    many = [{**row, "id": f"f-{i:016x}"} for i in range(120)]
    page = visit(report(Plain(facts=tuple(many)), {}))

    page.emulate_media(media="print")
    page.wait_for_timeout(100)

    assert page.locator(".row").count() == 120
    assert page.locator("#facets").is_hidden() and page.locator(".search").is_hidden()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_screen_reader_meets_nothing_serious(visit: Open, dark: bool) -> None:
    page = visit(dark=dark)
    start = page.url.partition("#")[0]
    places = [
        "#facts",
        f"#{the('investment').id}",
        "#charts",
        "#conflicts",
        "#articles",
        "#articles?id=bor%C3%A9e.txt",
        "#problems",
    ]
    faults = []
    for place in places:
        page.goto(start + place)
        page.wait_for_timeout(60)
        faults += _faults(page, place, dark)
    page.goto(f"{start}#{the('power_capacity').id}")
    page.click("#mark-correct")
    faults += _faults(page, "correcting", dark)
    page.click("#mark-right")
    page.click("#review-open")
    faults += _faults(page, "tray", dark)

    assert faults == []


def _faults(page: Page, place: str, dark: bool) -> list[str]:
    # In the dark only the colours differ.
    options = {"runOnly": ["color-contrast"]} if dark else None
    found = Axe().run(page, options=options).response["violations"]
    serious = [one for one in found if one["impact"] in ("serious", "critical")]
    return [f"{place}: {one['id']}: {json.dumps(one['nodes'][0]['target'])}" for one in serious]


OVERFLOWS = """[document.documentElement, ...document.querySelectorAll('main, #panel')]
    .some((box) => box.scrollWidth > box.clientWidth + 1)"""


def test_a_narrow_window_never_scrolls_sideways(visit: Open) -> None:
    page = visit(width=360)
    start = page.url.partition("#")[0]
    wide = []
    for place in ("#facts", f"#{the('investment').id}", "#charts", "#conflicts", "#articles", "#problems"):
        page.goto(start + place)
        page.wait_for_timeout(80)
        over = page.evaluate(OVERFLOWS)
        wide += [place] if over else []

    assert wide == []
