"""German wordings of "when": clear ones become parts of the week, the others stay text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bruecke.domain import slots
from bruecke.exchange.timeframes import read_when

MON, TUE, WED, THU, FRI, SAT, SUN = range(7)
MORNING, MIDDAY, AFTERNOON, EVENING = range(4)


def of(days: list[int], parts: list[int]) -> int:
    return slots.of_days(days, parts)


@pytest.mark.parametrize(
    ("wording", "mask"),
    [
        ("Dienstags von 19.30 bis 21.00 Uhr", of([TUE], [EVENING])),
        ("Mo - Fr 14-16 Uhr", of([0, 1, 2, 3, 4], [MIDDAY, AFTERNOON])),
        ("Mo.-Mi. vormittags", of([0, 1, 2], [MORNING])),
        ("Freitagnachmittag, Samstag", of([FRI], [1, 2]) | of([SAT], [0, 1, 2, 3])),
        ("vor-/nachmittags, auch am Wochenende", of(range(5), [0, 1, 2]) | of([5, 6], range(4))),
        ("Mo und Fr: 10 - 12 Uhr\nDi: 18 - 20:30 Uhr", of([0, 4], [0]) | of([1], [3])),
        ("Sonntags vormittags\nca. 9.30 - 11.30 Uhr", of([SUN], [MORNING])),
        ("Donnerstag ab 18 Uhr", of([THU], [EVENING])),
        ("samstags 9 - 12 Uhr, sonntags 2 h", of([SAT], [0]) | of([SUN], range(4))),
        ("flexibel, am liebsten", 0),
        ("nachmittags", of(range(7), [MIDDAY, AFTERNOON])),
    ],
)
def test_a_clear_wording_becomes_parts_of_the_week(wording: str, mask: int) -> None:
    said = read_when(wording)
    assert said.slots == mask
    assert said.kind == ("clear" if mask else "unclear")


@pytest.mark.parametrize(
    "wording",
    [
        "flexibel",
        "Nach Absprache",
        "individuell nach Vereinbarung",
        "2-3 Stunden pro Woche",
        "24/7",
    ],
)
def test_what_is_agreed_upon_later_asks_for_no_time(wording: str) -> None:
    assert read_when(wording) == read_when("flexibel")


@pytest.mark.parametrize(
    "wording",
    [
        "am liebsten Dienstag (20 Kinder) oder Mittwoch",
        "außerhalb der Schulzeiten",
        "So wie es für dich passt",
        "16-14 Uhr",
        "alle 4 Wochen - 14:30 - 1-3 Stunden",
        "vom 22. bis 25. Mai",
        "siehe Kursprogramm",
        "",
    ],
)
def test_one_word_that_is_not_understood_keeps_it_text(wording: str) -> None:
    said = read_when(wording)
    assert (said.kind, said.slots, said.weekly) == ("unclear", 0, False)


def test_only_what_says_so_is_every_week() -> None:
    assert read_when("dienstags 16-18 Uhr").weekly
    assert read_when("1x pro Woche, Dienstag 16-18 Uhr").weekly
    assert not read_when("Dienstag 16-18 Uhr").weekly
    assert not read_when("NACHMITTAGS").weekly
    assert not read_when("dienstags, flexibel").weekly


@given(st.text(max_size=200))
def test_any_text_at_all_is_read_without_an_error(wording: str) -> None:
    said = read_when(wording)
    assert 0 <= said.slots <= slots.ALL
    assert bool(said.slots) == (said.kind == "clear")


@given(
    st.lists(
        st.sampled_from(["Mo", "Di", "-", "bis", "14-16", "Uhr", "nachmittags", "oder", "auch",
                         "am Wochenende", "flexibel", "ab 9", ",", "\n", "2 h", "Fr."]),
        max_size=12,
    )
)  # fmt: skip
def test_known_words_in_any_order_are_read_without_an_error(words: list[str]) -> None:
    said = read_when(" ".join(words))
    assert bool(said.slots) == (said.kind == "clear")
