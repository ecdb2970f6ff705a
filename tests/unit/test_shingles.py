import random

from faits.text.shingles import near_duplicates

WORDS = [f"mot{n}" for n in range(400)]


def text(seed, length=300):
    return " ".join(random.Random(seed).choices(WORDS, k=length))


def test_a_reprint_is_a_copy_of_the_first_by_name():
    assert near_duplicates([("b", text(1)), ("a", text(1))]) == {"b": ("a", 1.0)}


def test_the_earlier_one_is_the_original_of_two_about_as_long():
    found = near_duplicates([("a", text(1)), ("b", text(1))], published={"a": "2024-06", "b": "2024-05"})

    assert found == {"a": ("b", 1.0)}


def test_an_agency_text_inside_a_longer_article_is_found():
    found = near_duplicates([("wire", text(1, 200)), ("long", f"{text(2, 500)} {text(1, 200)} {text(3, 300)}")])

    assert found["wire"][0] == "long"
    assert found["wire"][1] > 0.9


def test_an_edited_reprint_is_found():
    words = text(1).split()
    words[::25] = ["change"] * len(words[::25])

    assert near_duplicates([("a", text(1)), ("b", " ".join(words))])["b"][0] == "a"


def test_articles_that_share_a_quote_are_no_copies():
    quote = text(9, 40)

    assert near_duplicates([("a", f"{text(1)} {quote}"), ("b", f"{text(2)} {quote}")]) == {}


def test_case_accents_and_punctuation_make_no_difference():
    body = "Le réacteur a été arrêté hier soir, a dit la société, et ne sera pas relancé avant l'été prochain."

    assert near_duplicates([("a", body), ("b", body.upper().replace("É", "E"))]) == {"b": ("a", 1.0)}


def test_an_original_is_never_itself_a_copy_and_order_does_not_matter():
    articles = [(f"{n}", text(n % 7)) for n in range(40)]
    found = near_duplicates(articles)

    assert not {original for original, _ in found.values()} & found.keys()
    assert near_duplicates(articles[::-1]) == found


def test_empty_and_tiny_articles_copy_nothing():
    assert near_duplicates([("a", ""), ("b", ""), ("c", "deux mots"), ("d", "trois petits mots")]) == {}
