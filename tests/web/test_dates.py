"""A yes to one of several dates and tasks: chosen on the page, kept when something is missing."""

import re
from datetime import timedelta

import pytest

from bruecke.clock import now
from bruecke.language.dates import today
from bruecke.store.ids import new_id
from bruecke.store.tables import Match, Opening, Posting, Shift
from tests.support.pair import Cast, become, plant_cast, press
from tests.support.web import running_app

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]


async def plant_dates(cast: Cast, weeks: int) -> list[str]:
    """Cooking (1 place, taken on the first date) and serving (2) on the next weeks."""
    await Opening.delete().where(Opening.id == cast.opening)
    made = []
    for week in range(weeks):
        shift = new_id()
        held_on = today(now()) + timedelta(days=3 + 7 * week)
        await Shift.insert(Shift(id=shift, posting=cast.posting, held_on=held_on, state="planned"))
        for task, places in (("Kochen", 1), ("Austeilen", 2)):
            made.append(new_id())
            taken = int(task == "Kochen" and not week)
            await Opening.insert(
                Opening(
                    id=made[-1], posting=cast.posting, shift=shift, task=task, capacity=places,
                    taken=taken,
                )
            )  # fmt: skip
    return made


def offered(page: str) -> list[str]:
    return re.findall(r'<input type="radio" name="opening" value="([\w-]+)"', page)


def chosen(page: str) -> list[str]:
    return re.findall(r'name="opening" value="([\w-]+)" id="[\w-]+" checked', page)


async def opening_of(location: str) -> str:
    [row] = await Match.select(Match.opening).where(Match.id == location.rpartition("/")[2])
    return str(row["opening"])


async def test_dates_and_tasks_stand_on_the_page_with_their_places() -> None:
    cast = await plant_cast()
    made = await plant_dates(cast, 3)
    async with running_app() as browser:
        await become(browser, cast.amina)
        page = (await browser.get(f"/postings/{cast.posting}")).text
        assert "Welcher Termin passt?" in page and sorted(offered(page)) == sorted(made)
        assert "Weitere Termine" not in page
        assert chosen(page) == [made[1]], "cooking is full, serving has places on the same day"
        assert (
            "Noch 2 Plätze frei" in page and "Voll besetzt. Sie kommen auf die Warteliste" in page
        )
        target = f"/postings/{cast.posting}/interest"
        answer = await press(browser, "/home", target, consent="1", opening=made[4])
        assert await opening_of(answer.headers["location"]) == made[4]
        page = (await browser.get(answer.headers["location"])).text
        assert "Kochen" in page
        # What she said yes to is no choice any more, the other dates are.
        page = (await browser.get(f"/postings/{cast.posting}")).text
        assert sorted(offered(page)) == sorted({*made} - {made[4]})


async def test_more_than_six_stand_behind_more_and_one_tap_needs_none_of_them() -> None:
    cast = await plant_cast()
    made = await plant_dates(cast, 5)
    async with running_app() as browser:
        await become(browser, cast.amina)
        page = (await browser.get(f"/postings/{cast.posting}")).text
        before, _, after = page.partition("Weitere Termine")
        assert (len(offered(before)), len(offered(after))) == (6, 4)
        target = f"/postings/{cast.posting}/interest"
        answer = await press(browser, "/home", target, consent="1")
        assert await opening_of(answer.headers["location"]) == made[1]


async def test_what_is_asked_beside_the_yes_keeps_the_date() -> None:
    cast = await plant_cast()
    made = await plant_dates(cast, 3)
    await Posting.update({Posting.language_required: "ar", Posting.language_level: 4}, force=True)
    async with running_app() as browser:
        await become(browser, cast.amina)
        target = f"/postings/{cast.posting}/interest"
        said = {"consent": "1", "opening": made[4]}
        asked = await press(browser, "/home", target, **said)
        assert chosen(asked.text) == [made[4]]
        said |= {"asked": "1", "language_level": "4"}
        answer = await press(browser, "/home", target, **said)
        assert await opening_of(answer.headers["location"]) == made[4]


async def test_a_date_cancelled_meanwhile_is_said_beside_the_others() -> None:
    cast = await plant_cast()
    made = await plant_dates(cast, 2)
    [shift] = await Opening.select(Opening.shift).where(Opening.id == made[2])
    await Shift.update({Shift.state: "cancelled"}).where(Shift.id == shift["shift"])
    async with running_app() as browser:
        await become(browser, cast.amina)
        target = f"/postings/{cast.posting}/interest"
        answer = await press(browser, "/home", target, consent="1", opening=made[2])
        assert answer.status_code == 422 and 'href="#opening"' in answer.text
        assert "Diesen Termin gibt es nicht mehr." in answer.text
        assert chosen(answer.text) == [made[1]]
    await Opening.delete().where(Opening.id == made[0])
    async with running_app() as browser:
        await become(browser, cast.amina)
        answer = await press(browser, "/home", target, consent="1", opening=made[2])
        assert offered(answer.text) == chosen(answer.text) == [made[1]]


async def test_one_date_asks_nothing() -> None:
    cast = await plant_cast()
    async with running_app() as browser:
        await become(browser, cast.amina)
        page = (await browser.get(f"/postings/{cast.posting}")).text
        assert offered(page) == [] and "Welcher Termin" not in page
