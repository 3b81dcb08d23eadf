"""A row in our words: what comes along, what is lost and said, what cannot come in."""

import pytest

from bruecke.domain import slots
from bruecke.domain.imports import NotTaken, Offered, state_of
from bruecke.exchange.mapping import entries, map_offer
from bruecke.exchange.offers import read_row
from bruecke.reference.activities import activities_by_code
from tests.support.freinet import ROW

CATEGORIES = """Kinder und Jugend|Beratung, Begleitung & Patenschaften|Bildung & Lernen
Freizeit und Sport|Vielfalt und Zusammenleben|Soziales & Armut|Kultur und Kreatives|Leben im Alter
Organisieren und Verwalten|Gesundheit, Wohlbefinden & Hospiz|Digitales und Öffentlichkeitsarbeit
Natur, Tiere & Umwelt|Technik, Hauswirtschaft & Handwerk|Menschen mit Behinderungen
Rettungswesen und Katastrophenschutz|Junges Engagement|Engagement an Schulen
Engagement für Unternehmen und Gruppen""".replace("\n", "|").split("|")
TARGETS = """Kinder|Erwachsene|Senior*innen|Jugendliche|Migrant*innen|Menschen mit Behinderung
Menschen mit Erkrankung|keine spezielle Zielgruppe|Geflüchtete|Obdachlose/von Armut betroffene
Suchtkranke|Straffällige|Tiere""".replace("\n", "|").split("|")


def offered(**fields: str) -> Offered:
    found = read_row(1, {**ROW, **fields}, {})
    assert isinstance(found, Offered), found
    return found


def not_taken(**fields: str) -> str:
    found = read_row(1, {**ROW, **fields}, {})
    assert isinstance(found, NotTaken), found
    return found.why


def test_a_clean_row_comes_in_whole() -> None:
    row = offered()
    assert row.losses == ()
    assert (row.key, row.title, row.activity) == ("freinet:4711", "Kochen am Freitag", "cooking")
    assert row.text == "Wir kochen zusammen.\n\nAlle essen mit.\n\nZeit: freitags 16-18 Uhr"
    assert row.slots == slots.of_days([4], [2]) and row.format == "recurring"
    assert (row.area, row.venue) == ("Nordstadt", "Musterweg 3, 34117 Kassel")
    assert (row.purpose, row.stage, row.places) == ("Ein Haus für alle.", "registered", 2)
    assert state_of(row) == "review"


def test_the_table_has_every_category_and_target_group_and_only_our_activities() -> None:
    assert len(CATEGORIES) == 18 and len(TARGETS) == 13
    for what, names in (("category", CATEGORIES), ("target", TARGETS)):
        assert sorted(one.theirs for one in entries() if one.what == what) == sorted(names)
    for one in entries():
        assert one.fit == ("" if one.what == "mark" else one.fit if one.ours else "none")
        assert not one.ours or one.ours in activities_by_code()


def test_the_title_decides_before_categories_and_these_before_target_groups() -> None:
    assert map_offer("Vorlesen im Heim", "", ["Leben im Alter"], ["Kinder"]).activity == "reading"
    assert map_offer("Hilfe", "", ["Leben im Alter"], ["Kinder"]).activity == "visiting"
    assert map_offer("Hilfe", "", ["Soziales & Armut"], ["Geflüchtete"]).activity == "german"
    assert map_offer("Playback", "", [], []).activity == ""


@pytest.mark.parametrize(
    ("fields", "children", "home"),
    [
        ({"targets": "Kinder"}, True, False),
        ({"categories": "Kinder und Jugend", "name": "Hilfe gesucht"}, True, False),
        ({"description_html": "<p>Mit Schülern lernen</p>"}, True, False),
        ({"name": "Besuchsdienst"}, False, True),
        ({"description_html": "<p>Ein Satz.</p>" * 200 + "Für Kinder."}, True, False),
        ({"description_html": "Er ist gern <b>zu Hause</b>."}, False, True),
        ({}, False, False),
    ],
)  # fmt: skip
def test_children_and_homes_are_marked(fields: dict[str, str], children: bool, home: bool) -> None:
    row = offered(**fields)
    assert (row.with_children, row.home_visit) == (children, home)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": "Kochen " * 20}, "title cut to 80 characters"),
        ({"description_html": "<p>Ein Satz.</p>" * 200}, "text cut to 1,000 characters"),
        ({"description_html": '<a href="https://example.org">x</a>'}, "1 × link taken out"),
        ({"description_html": "<img src=x onerror=alert(1)>Hallo"}, "1 × picture taken out"),
        ({"description_html": "Ruf an: 0561 1234567"}, "1 × phone number or mail address"),
        ({"name": "Kochen (0561 1234567)"}, "1 × phone number or mail address taken out of the t"),
        ({"timeframe_text": "siehe Kursprogramm"}, "the times are kept as text only"),
        ({"categories": "Unbekanntes"}, '"Unbekanntes" is not in the table'),
        ({"name": "Repair-Treff"}, '"repair" is only near to "Fahren und tragen"'),
        ({"wanted": "1000"}, "1000 places: 99 is the most"),
        ({"wanted": "-3"}, "-3 places: 1 place"),
        ({"wanted": "viele"}, "the number of places cannot be read"),
        ({"wanted": "9" * 30}, "the number of places cannot be read"),
        ({"edited": "gestern"}, "the date of editing cannot be read"),
        ({"edited": "9" * 40}, "the date of editing cannot be read"),
        ({"postcode": ""}, "no postcode"),
        ({"postcode": "=1+1"}, '"=1+1" is no postcode'),
        ({"contactable": "ja"}, "kept as a draft"),
    ],
)
def test_every_loss_is_said(fields: dict[str, str], said: str) -> None:
    row = offered(**fields)
    assert any(said in loss for loss in row.losses), row.losses
    assert len(row.title) <= 80 and len(row.text) <= 1000 and 1 <= row.places <= 99
    assert row.edited_at < 2**40


def test_a_title_shows_no_number_to_everybody() -> None:
    row = offered(name="Vorlesen (Tel. 0561.12 34 56, anna@example.org)")
    assert row.title == "Vorlesen (Tel. …, …)"
    assert row.losses == ("2 × phone number or mail address taken out of the title",)
    assert not_taken(name="0561 123456") == "it has no title"


@pytest.mark.parametrize("lat", ["", "0.000000", "not a number"])
def test_coordinates_are_not_needed(lat: str) -> None:
    assert offered(lat=lat, lon=lat).losses == ()


def test_none_wanted_is_one_place_and_not_a_loss() -> None:
    row = offered(wanted="0")
    assert (row.places, row.losses) == (1, ())


@pytest.mark.parametrize("contactable", ["0", "-1", "ja"])
def test_what_may_not_be_contacted_is_a_draft(contactable: str) -> None:
    assert state_of(offered(contactable=contactable)) == "draft"


def test_what_no_activity_fits_waits_for_somebody_to_choose_one() -> None:
    row = offered(name="Katzen pflegen", categories="Natur, Tiere & Umwelt", targets="Tiere")
    assert state_of(row) == "review" and not row.fits
    assert row.losses == ("none of our activities fits: the service point chooses one",)


def test_a_formula_is_nothing_but_text() -> None:
    row = offered(name="=HYPERLINK(1)", description_html="+49; @SUM(A1)", org="-Verein")
    assert row.title == "=HYPERLINK(1)" and "@SUM(A1)" in row.text and row.organisation == "-Verein"


def test_a_name_without_ev_is_not_called_a_registered_association() -> None:
    assert offered(org="Haus am Park gGmbH").stage == "institution"


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"id": ""}, "the id is not a number"),
        ({"id": "47;11"}, "the id is not a number"),
        ({"name": "<script>x</script>"}, "it has no title"),
        ({"org": " "}, "the organisation's name cannot be used"),
        ({"org": "x" * 200}, "the organisation's name cannot be used"),
    ],
)
def test_a_row_without_id_title_or_organisation_cannot_come_in(
    fields: dict[str, str], why: str
) -> None:
    assert not_taken(**fields) == why


def test_the_second_row_of_an_id_is_not_taken() -> None:
    seen: dict[str, int] = {}
    assert isinstance(read_row(1, ROW, seen), Offered)
    second = read_row(2, ROW, seen)
    assert isinstance(second, NotTaken) and "stands in row 1 already" in second.why
