"""Whatever bytes an article is made of, it is read or refused: load, clean, numbers and dates raise nothing else."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from fuzz import one

WORDS = "12|000| |,|.|-|–|millions|milliard|deux|cent|mille|€|$|GW|MWh|%|de |le |31 |février |99/99/9999|d'ici "
MARKS = "2024|quinze |jours|T3 |1er |<p>|</div>|<!--|&#|---\n|title: |{|[|é|\u202f|\n|\x00|\ufeff|\u200b|\u202e|e\u0301"
PIECES = st.sampled_from(f"{WORDS}|{MARKS}".split("|"))


@settings(max_examples=60, deadline=None)
@given(head=st.integers(0, 255), body=st.one_of(st.binary(max_size=300), st.lists(PIECES, max_size=40)))
@example(head=0, body=["9" * 500, "GW"])
@example(head=2, body=["<p>", "&#", "xD800;"])
def test_any_bytes_are_read_or_refused(head: int, body: bytes | list[str]) -> None:
    data = body if isinstance(body, bytes) else "".join(body).encode("utf-8", "surrogatepass")

    assert one(bytes([head]) + data) in {"read", "refused"}
