"""What a headline says is known to be said by a headline."""

from __future__ import annotations

from faits.flow import Settings, read, tabulate
from faits.model import Metadata, RawArticle

TEXT = """EDF investit 12 milliards d'euros dans le nucléaire

EDF a réalisé un bénéfice net de 8 milliards d'euros en 2024, a annoncé le groupe dans un communiqué publié jeudi.
"""


def test_a_claim_and_its_proof_keep_the_zone_they_stand_in() -> None:
    raw = RawArticle(
        id="a.txt",
        sha256="",
        source=TEXT,
        encoding="utf-8",
        format="text",
        metadata=Metadata(lang="fr", published="2025"),
    )

    reading = read(raw, Settings())
    facts = tabulate([reading]).facts

    assert {claim.zone for claim in reading.claims if claim.start < TEXT.index("\n")} == {"heading"}
    assert {claim.zone for claim in reading.claims if claim.start > TEXT.index("\n")} == {"body"}
    assert {proof.zone for fact in facts for proof in fact.evidence} == {"heading", "body"}
