"""Yes, wait, agreed by all, and only then the numbers: the main journey as four people see it."""

import re

import httpx
import pytest

from bruecke.store.tables import Consent, Match, Opening, Person, Posting
from tests.support.pair import (
    AMINAS,
    LEYLAS,
    Cast,
    become,
    let_time_pass,
    plant_cast,
    press,
    say_yes,
    shows,
)
from tests.support.web import plant_person, running_app
from tests.web.test_organisations import seen

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]
UNKNOWN = "AAAAAAAAAAAAAAAAAAAAAA"


async def approve(browser: httpx.AsyncClient, cast: Cast, match: str) -> None:
    """Anna says yes; half a minute later the association knows."""
    await become(browser, cast.anna, "passkey")
    answer = await press(browser, f"/desk/matches/{match}", f"/matches/{match}/approval")
    assert answer.status_code == 303, answer.text[:300]
    await let_time_pass()


async def number_is_right(browser: httpx.AsyncClient, cast: Cast) -> None:
    await become(browser, cast.anna, "passkey")
    await press(browser, "/desk/queue", f"/people/{cast.amina}/contact-check")


async def state_of(match: str) -> str:
    row = await Match.select(Match.state).where(Match.id == match).first()
    assert row
    return str(row["state"])


async def test_only_after_all_four_said_yes_both_sides_see_the_numbers() -> None:
    cast = await plant_cast(places=1)
    async with running_app() as browser:
        match = await say_yes(browser, cast, cast.amina)
        mine, theirs = f"/matches/{match}", f"/organisations/{cast.organisation}/people"
        early = [await browser.get(path) for path in (mine, "/matches", "/home")]
        assert "Die Koordination prüft" in early[0].text
        await let_time_pass()
        await become(browser, cast.leyla)
        early.append(await browser.get(theirs))
        assert "Amina" not in early[-1].text
        await number_is_right(browser, cast)
        await approve(browser, cast, match)
        await become(browser, cast.leyla)
        early.append(await browser.get(theirs))
        assert "Amina" in early[-1].text and "Ja, gern" in early[-1].text
        assert "1 Person möchte helfen" in (await browser.get(theirs[:-6] + "today")).text
        await become(browser, cast.amina)
        early.append(await browser.get(mine))
        assert "Der Verein entscheidet" in early[-1].text
        await become(browser, cast.leyla)
        answer = await press(browser, theirs, f"{mine}/confirmation")
        assert answer.headers["location"] == theirs
        early.append(await browser.get(theirs))
        assert "Zurücknehmen" in early[-1].text
        assert [page.url for page in early if shows(page, AMINAS) or shows(page, LEYLAS)] == []
        await let_time_pass()
        assert shows(await browser.get(theirs), AMINAS)
        await become(browser, cast.amina)
        page = await browser.get(mine)
        assert shows(page, LEYLAS) and f'href="tel:{LEYLAS}"' in page.text
        assert page.text.index("tel:") < page.text.index('class="steps"')
        await press(browser, mine, f"{mine}/meeting")
        assert await state_of(match) == "active"


async def test_the_second_for_one_place_waits_in_line_and_is_told_so() -> None:
    cast = await plant_cast(places=1)
    async with running_app() as browser:
        first = await say_yes(browser, cast, cast.amina)
        await let_time_pass()
        await approve(browser, cast, first)
        second = await say_yes(browser, cast, cast.olena)
        page = await browser.get(f"/matches/{second}")
        assert "Auf der Warteliste" in page.text and page.status_code == 200
    row = await Opening.select().first()
    assert row and row["taken"] == 1


async def test_a_full_task_stays_in_the_list_says_so_and_takes_a_yes_for_the_line() -> None:
    cast = await plant_cast(places=1)
    listed = "/postings?region=kassel"
    async with running_app() as browser:
        first = await say_yes(browser, cast, cast.amina)
        assert "Voll besetzt" not in (await browser.get(listed)).text
        await let_time_pass()
        await approve(browser, cast, first)
        assert "Voll besetzt" in (await browser.get(listed)).text
        await become(browser, cast.leyla)
        home = f"/organisations/{cast.organisation}/today"
        assert "Voll besetzt" in (await browser.get(home)).text
        assert await state_of(await say_yes(browser, cast, cast.olena)) == "waitlisted"
        await become(browser, cast.amina)
        await press(browser, f"/matches/{first}", f"/matches/{first}/withdrawal")
        assert "Voll besetzt" not in (await browser.get(listed)).text
    assert [row["state"] for row in await Posting.select(Posting.state)] == ["open"]


async def test_the_same_yes_twice_is_one() -> None:
    cast = await plant_cast()
    async with running_app() as browser:
        assert await say_yes(browser, cast, cast.amina) == await say_yes(browser, cast, cast.amina)
    assert await Match.count() == 1
    assert await Consent.count().where(Consent.person == cast.amina) == 1


async def test_the_consent_that_names_the_association_stands_beside_the_button() -> None:
    cast = await plant_cast()
    async with running_app() as browser:
        await become(browser, cast.amina)
        page = (await browser.get(f"/postings/{cast.posting}")).text
        assert re.search(r"stimmen Sie zu: <bdi>Roj Kulturhaus</bdi> sieht", page)
        refused = await press(browser, "/home", f"/postings/{cast.posting}/interest")
        assert refused.status_code == 422 and "Ohne Ihre Zustimmung" in refused.text
    assert await Match.count() == 0


async def test_what_nobody_asked_is_asked_once_beside_the_yes() -> None:
    cast = await plant_cast()
    await Posting.update(
        {Posting.language_required: "ar", Posting.language_level: 4, Posting.age_bands: "adult"},
        force=True,
    )
    await Person.update({Person.age_band: ""}).where(Person.id == cast.amina)
    async with running_app() as browser:
        await become(browser, cast.amina)
        target = f"/postings/{cast.posting}/interest"
        asked = await press(browser, "/home", target, consent="1")
        assert asked.status_code == 200 and "Wie gut können Sie" in asked.text
        again = await press(browser, "/home", target, consent="1", asked="1", htmx=True)
        assert again.status_code == 422
        assert 'href="#language_level"' in again.text and 'href="#is_adult"' in again.text
        assert "<html" not in again.text
        done = await press(
            browser, "/home", target, consent="1", asked="1", language_level="4", is_adult="1"
        )
        assert done.headers["location"].startswith("/matches/")


async def test_a_no_leads_back_home_and_can_be_taken_back() -> None:
    cast = await plant_cast()
    async with running_app() as browser:
        await become(browser, cast.amina)
        answer = await press(browser, "/home", f"/postings/{cast.posting}/refusal")
        match = answer.headers["location"].removeprefix("/home?undo=")
        home = await browser.get(answer.headers["location"])
        assert "Ihre Absage ist gespeichert." in home.text and f"/matches/{match}/undo" in home.text
        undone = await press(browser, "/home", f"/matches/{match}/undo", next="/home")
        assert undone.headers["location"] == "/home?done=undone"
        assert await state_of(match) == "suggested"
        forwarded = await browser.get(f"/matches/{match}")
        assert forwarded.headers["location"] == f"/postings/{cast.posting}"


async def test_taking_back_works_ten_seconds_and_then_says_what_happened() -> None:
    cast = await plant_cast()
    async with running_app() as browser:
        match = await say_yes(browser, cast, cast.amina)
        assert "data-seconds" in (await browser.get(f"/matches/{match}")).text
        await let_time_pass()
        assert "data-seconds" not in (await browser.get(f"/matches/{match}")).text
        late = await press(browser, "/matches", f"/matches/{match}/undo")
        assert late.status_code == 409 and "Inzwischen prüft die Koordination" in late.text


@pytest.mark.parametrize("htmx", [False, True])
async def test_who_comes_too_late_reads_what_happened_meanwhile(htmx: bool) -> None:
    cast = await plant_cast()
    async with running_app() as browser:
        match = await say_yes(browser, cast, cast.amina)
        await let_time_pass()
        await press(browser, f"/matches/{match}", f"/matches/{match}/withdrawal")
        answer = await press(browser, "/matches", f"/matches/{match}/meeting", htmx=htmx)
        assert answer.status_code == 409 and "Das ist inzwischen beendet." in answer.text
        assert ("<html" in answer.text) != htmx


async def test_the_number_must_be_checked_before_the_association_can_say_yes() -> None:
    cast = await plant_cast()
    async with running_app() as browser:
        match = await say_yes(browser, cast, cast.amina)
        await let_time_pass()
        await approve(browser, cast, match)
        await become(browser, cast.leyla)
        theirs = f"/organisations/{cast.organisation}/people"
        answer = await press(browser, theirs, f"/matches/{match}/confirmation")
        assert answer.status_code == 409 and "Die Nummer ist noch nicht geprüft" in answer.text
        refused = await press(browser, theirs, f"/matches/{match}/refusal")
        assert refused.headers["location"] == theirs
    assert await state_of(match) == "closed"


async def test_the_association_takes_its_yes_back_and_may_think_better_of_it() -> None:
    cast = await plant_cast(places=1)
    theirs = f"/organisations/{cast.organisation}/people"
    async with running_app() as browser:
        match = await say_yes(browser, cast, cast.amina)
        withdrawal = f"/matches/{match}/withdrawal"
        await number_is_right(browser, cast)
        await let_time_pass()
        await approve(browser, cast, match)
        await become(browser, cast.leyla)
        assert withdrawal not in (await browser.get(theirs)).text, "a no is still a refusal"
        for move in ("confirmation", "meeting"):
            await press(browser, theirs, f"/matches/{match}/{move}", next=theirs)
            await let_time_pass()
            page = await browser.get(theirs)
            assert withdrawal in page.text and "Zusage zurücknehmen" in page.text
        answer = await press(browser, theirs, withdrawal, next=theirs)
        assert answer.headers["location"] == theirs and await state_of(match) == "closed"
        page = await browser.get(theirs)
        assert "Abgesagt." in page.text and f"/matches/{match}/undo" in page.text
        await press(browser, theirs, f"/matches/{match}/undo", next=theirs)
        assert await state_of(match) == "active"


async def test_a_no_to_an_offered_place_says_so_where_it_stood_and_can_be_taken_back() -> None:
    cast = await plant_cast(places=1)
    async with running_app() as browser:
        match = await say_yes(browser, cast, cast.amina)
        await let_time_pass()
        await Match.update({Match.state: "offered", Match.prior_state: "waitlisted"}, force=True)
        await Opening.update({Opening.taken: 1}, force=True)
        page, refusal = f"/matches/{match}", f"/matches/{match}/place-refusal"
        assert f'action="{refusal}"' in (await browser.get(page)).text
        answer = await press(browser, page, refusal)
        assert answer.headers["location"] == page and await state_of(match) == "closed"
        assert "Ihre Absage ist gespeichert." in (await browser.get(page)).text
        await press(browser, page, f"{page}/undo", next=page)
        assert await state_of(match) == "offered"


async def test_somebody_elses_match_looks_like_none() -> None:
    cast = await plant_cast()
    async with running_app() as browser:
        match = await say_yes(browser, cast, cast.amina)
        await let_time_pass()
        for person in (cast.olena, cast.leyla):
            await become(browser, person)
            pages = [await browser.get(f"/matches/{one}") for one in (match, UNKNOWN)]
            for move in ("withdrawal", "meeting", "completion", "problem", "undo", "place",
                         "place-refusal", "confirmation", "refusal", "approval",
                         "resumption"):  # fmt: skip
                pages += [
                    await press(browser, "/matches", f"/matches/{one}/{move}")
                    for one in (match, UNKNOWN)
                ]
            assert {page.status_code for page in pages} == {404}
            assert len({seen(page) for page in pages}) == 1
    assert await state_of(match) == "interested"


async def test_the_people_of_another_association_are_not_there() -> None:
    cast = await plant_cast()
    async with running_app() as browser:
        await become(browser, cast.olena)
        assert (await browser.get(f"/organisations/{cast.organisation}/people")).status_code == 404


async def test_a_coordinator_without_passkey_is_no_desk() -> None:
    cast = await plant_cast()
    weak = await plant_person("Kerstin", role="coordinator")
    async with running_app() as browser:
        match = await say_yes(browser, cast, cast.amina)
        await let_time_pass()
        await approve(browser, cast, match)
        await become(browser, weak, "code")
        for move in ("confirmation", "refusal", "problem", "undo"):
            answer = await press(browser, "/matches", f"/matches/{match}/{move}")
            assert answer.status_code == 404, move
    assert await state_of(match) == "approved"
