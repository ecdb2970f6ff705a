"""What a statement claims: no more than its row says."""

import re

import pytest

from faits.model import FactValue, Modality, Party, Predicate, Stated
from faits.stages.state import state
from faits.text.wording import write_value

VOLTIRIS = Party(id="org-voltiris", name="Voltiris", type="ORG")


def told(
    predicate: Predicate, value: FactValue, *, modality: Modality = "asserted", attribution: str | None = None
) -> tuple[str, str]:
    statement = state(predicate=predicate, subject=VOLTIRIS, value=value, modality=modality, attribution=attribution)
    return statement.fr.replace("\u00a0", " "), statement.en.replace("\u00a0", " ")


def warm(kelvin: float, told_as: float) -> FactValue:
    return FactValue(number=kelvin, unit="K", kind="temperature", stated=Stated(number=told_as, unit="degC"))


def count(number: float, of: str) -> FactValue:
    return FactValue(number=number, unit="1", kind="count", of=of)


def test_a_party_has_what_one_can_have() -> None:
    assert told("count", count(310, "salariés")) == ("Voltiris compte 310 salariés.", "Voltiris has 310 salariés.")
    assert told("count", count(310, "young employees"))[1] == "Voltiris has 310 young employees."


def test_any_other_number_is_only_given_for_it() -> None:
    assert told("count", count(15, "recherches"))[0] == "Le nombre donné pour Voltiris est de 15 recherches."
    assert told("count", count(15, "searches"), modality="conditional")[1] == (
        "The number given for Voltiris could be 15 searches."
    )


def test_a_person_has_no_sites() -> None:
    someone = Party(id="person-anne-sorel", name="Anne Sorel", type="PERSON")

    assert state(predicate="count", subject=someone, value=count(2, "sites")).en == (
        "The number given for Anne Sorel is 2 sites."
    )


def test_what_is_told_by_a_source_goes_on_in_small_letters() -> None:
    assert told("count", count(15, "recherches"), attribution="Solmer")[0] == (
        "Selon Solmer, le nombre donné pour Voltiris est de 15 recherches."
    )


@pytest.mark.parametrize(
    ("number", "unit", "said"),
    [
        (0.21, "%", "The rise given for Voltiris is 21%."),
        (-0.21, "%", "The fall given for Voltiris is 21%."),
        (2, "1", "The factor given for Voltiris is 2."),
    ],
)
def test_a_change_is_a_rise_a_fall_or_a_factor(number: float, unit: str, said: str) -> None:
    value = FactValue(number=number, unit="1", kind="ratio", stated=Stated(number=number, unit=unit))

    assert told("growth", value)[1] == said


@pytest.mark.parametrize(
    ("value", "fr", "en"),
    [
        (FactValue(number=2.676e12, unit="XAF", kind="money"), "2 676 milliards", "2.676 trillion"),
        (warm(288.15, 15.0), "15 °C", "15 °C"),
        (warm(1.5, 1.5), "1,5 °C", "1.5 °C"),
        (warm(150_000_273.15, 150_000_000.0), "150 millions de °C", "150 million °C"),
    ],
)
def test_a_figure_is_written_as_the_press_of_each_language_writes_it(value: FactValue, fr: str, en: str) -> None:
    assert fr in re.sub(r"[\u00a0\u202f]", " ", write_value(value, "fr"))
    assert en in write_value(value, "en")
