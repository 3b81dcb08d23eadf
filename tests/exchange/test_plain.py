"""HTML of others becomes paragraphs; nothing that could run survives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bruecke.exchange.plain import cut_line, cut_text, one_line, take_out_contacts, to_plain


def test_paragraphs_lists_and_entities_become_plain_paragraphs() -> None:
    html = "<div><p>Wir <b>kochen</b> &amp; essen.<br>Immer.</p><ul><li>Reis<li>Tee</ul></div>"
    assert to_plain(html).text == "Wir kochen & essen.\nImmer.\n\n– Reis\n\n– Tee"


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<p onclick='alert(1)'></p>",
        "<svg onload=alert(1)><script>alert(1)</script></svg>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "&amp;lt;img src=x onerror=alert(1)&amp;gt;",
        "<style>p{background:url(javascript:alert(1))}</style>",
        "<iframe srcdoc='alert(1)'>alert(1)</iframe>",
        "<scr<script>ipt>alert(1)</scr</script>ipt>",
    ],
)
def test_nothing_that_could_run_survives(html: str) -> None:
    text = to_plain(f"<p>Vorher.</p>{html}<p>Nachher.</p>").text
    assert text.startswith("Vorher.") and text.endswith("Nachher.")
    for rest in ("<", "onerror", "onclick", "onload", "javascript", "srcdoc", "<script"):
        assert rest not in text


def test_links_and_pictures_are_counted_and_their_words_stay() -> None:
    said = to_plain('<a href="https://example.org">Unser Haus</a> <img src="a.png">')
    assert (said.text, said.links, said.pictures) == ("Unser Haus", 1, 1)


def test_a_smaller_sign_in_a_sentence_stays() -> None:
    assert to_plain("5 &lt; 6 und 7 &gt; 3").text == "5 < 6 und 7 > 3"


def test_signs_that_turn_the_writing_or_end_a_text_are_gone() -> None:
    assert one_line("Ko\u202echen\u0000 am\u00a0 \u200fFreitag\t") == "Kochen am Freitag"


@given(st.text(max_size=300))
def test_any_text_becomes_text_without_control_characters(html: str) -> None:
    text = to_plain(html).text
    assert "\0" not in text and "<script" not in text.lower()
    assert all(sign.isprintable() or sign == "\n" for sign in text)


@pytest.mark.parametrize(
    "html",
    ["<a " * 30_000, "<div>" * 20_000, "a" * 90_000 + "@", "&amp;" * 20_000, "0561 " * 20_000],
    ids=["tags", "nesting", "address", "entities", "numbers"],
)
def test_a_field_made_to_take_forever_does_not(html: str) -> None:
    assert take_out_contacts(to_plain(html).text)


@given(st.text(max_size=300), st.integers(2, 100))
def test_what_is_cut_is_never_longer_than_its_room(text: str, room: int) -> None:
    assert len(cut_text(text, room)) <= room and len(cut_line(text, room)) <= room


def test_a_text_is_cut_at_the_end_of_a_sentence() -> None:
    assert cut_text("Wir kochen. Wir essen. Wir spülen lange.", 30) == "Wir kochen. Wir essen."
    assert cut_text("Ein einziger sehr langer Satz ohne Ende", 20) == "Ein einziger sehr…"


def test_numbers_and_addresses_to_reach_somebody_are_taken_out() -> None:
    told = (
        "Rufen Sie an: 0561 123 45 67 oder leyla@example.org. Am 01.02.2026, 34117 Kassel, 14-16."
    )
    without, count = take_out_contacts(told)
    assert without == "Rufen Sie an: … oder …. Am 01.02.2026, 34117 Kassel, 14-16."
    assert count == 2


@pytest.mark.parametrize(
    "number",
    [
        "0561.12 34 56",
        "0561–123456",
        "0561 – 12 34 56",
        "0561\u00a0123\u00a0456",
        "05.61.12.34.56",
        "030.12.34.56",
        "+49.561.123456",
        "+49 (0) 561 / 12 34 56 7",
    ],
)
def test_numbers_are_found_however_they_are_written(number: str) -> None:
    assert take_out_contacts(f"Bitte Tel.{number}, danke") == ("Bitte Tel.…, danke", 1)


@pytest.mark.parametrize(
    "when",
    [
        "01.12.2026",
        "24.12.",
        "01.12.–24.12.",
        "01.–05.12.2026",
        "24.12.2026–06.01.2027",
        "06.03.26 09.00",
        "18.30 Uhr",
        "9.00–12.00",
        "09.00–12.00 Uhr",
        "09.00 - 12.00",
        "01.12.2026 09.00–12.00",
        "09–12 / 14–17 Uhr",
        "02.2026–05.2026",
    ],
)
def test_dates_and_times_are_no_numbers(when: str) -> None:
    assert take_out_contacts(f"Wir sind {when} da") == (f"Wir sind {when} da", 0)
    without, count = take_out_contacts(f"{when}, 0561 123456")
    assert (without, count) == (f"{when}, …", 1)
