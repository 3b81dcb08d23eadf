"""The desk enters what it saw beside the pair, with and without a script, and then approves."""

from datetime import date, timedelta
from typing import Any

import httpx
import pytest

from bruecke.clock import now
from bruecke.language.dates import today
from bruecke.store.tables import Check, Match, Posting
from tests.support.pair import Cast, become, let_time_pass, plant_cast, press, say_yes
from tests.support.web import plant_person, plant_region, running_app
from tests.web.test_posting import send, start

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]


async def asked(browser: httpx.AsyncClient, cast: Cast, checks: str) -> tuple[str, str]:
    """Amina said yes to a task that asks for `checks`; the page of the pair, and its form."""
    await Posting.update({Posting.checks: checks}).where(Posting.id == cast.posting)
    match = await say_yes(browser, cast, cast.amina)
    await let_time_pass()
    await become(browser, cast.anna, "passkey")
    return match, f"/desk/people/{cast.amina}/checks"


async def enter(
    browser: httpx.AsyncClient, match: str, target: str, kind: str, htmx: bool = False, **more: str
) -> httpx.Response:
    """One kind, seen today unless `more` says otherwise."""
    fields = {"match": match, "kind": kind, "seen_on": str(today(now())), **more}
    return await press(browser, f"/desk/matches/{match}", target, htmx=htmx, **fields)


async def on_file() -> list[dict[str, Any]]:
    return await Check.select().order_by(Check.created_at)


async def test_the_pair_says_in_words_what_is_missing_and_what_is_there() -> None:
    cast = await plant_cast()
    async with running_app() as browser:
        match, target = await asked(browser, cast, "interview certificate_seen food_instruction")
        page = (await browser.get(f"/desk/matches/{match}")).text
        assert "Freigabe noch nicht möglich" in page
        assert "0 von 3 eingetragen" in page
        assert "Gespräch, Papier vom Amt, Belehrung Küche (Gesundheitsamt)" in page
        assert page.count("fehlt noch") == 2 and "noch nicht gesehen" in page
        assert "Fragen Sie das Gesundheitsamt." in page
        answer = await enter(browser, match, target, "interview")
        assert answer.headers["location"] == f"/desk/matches/{match}?done=check"
        page = (await browser.get(answer.headers["location"])).text
        assert "Eingetragen." in page and f"{today(now()):%d.%m.%Y}" in page
        assert "1 von 3 eingetragen" in page and "Zurücknehmen" in page
        approval = await press(browser, f"/desk/matches/{match}", f"/matches/{match}/approval")
        assert approval.status_code == 422
        assert "Papier vom Amt, Belehrung Küche" in approval.text
        assert "Es fehlt noch:" in approval.text


async def test_htmx_gets_the_same_pair_with_the_notice_read_out() -> None:
    cast = await plant_cast()
    async with running_app() as browser:
        match, target = await asked(browser, cast, "interview")
        answer = await enter(browser, match, target, "interview", htmx=True)
        assert answer.status_code == 200 and "<html" not in answer.text
        assert "Eingetragen." in answer.headers["hx-trigger"]
        assert "Eingetragen." in answer.text
        assert f'action="/matches/{match}/approval"' in answer.text
        assert "Freigabe noch nicht möglich" not in answer.text
        [check] = await on_file()
        assert (check["person"], check["seen_by"]) == (cast.amina, cast.anna)
        gone = await press(
            browser, f"/desk/matches/{match}", f"{target}/{check['id']}/removal", match=match
        )
        assert gone.headers["location"] == f"/desk/matches/{match}?done=check_gone"
        assert "Der Eintrag ist gelöscht." in (await browser.get(gone.headers["location"])).text
        assert await on_file() == []


@pytest.mark.parametrize("htmx", [False, True])
async def test_what_is_wrong_stands_beside_the_form_and_nothing_typed_is_lost(htmx: bool) -> None:
    cast = await plant_cast()
    async with running_app() as browser:
        match, target = await asked(browser, cast, "interview certificate_seen")
        tomorrow = str(today(now()) + timedelta(days=1))
        answer = await enter(
            browser, match, target, "certificate_seen", htmx=htmx, seen_on=tomorrow
        )
        assert answer.status_code == 422 and ("<html" in answer.text) != htmx
        assert 'id="errors"' in answer.text and 'href="#seen_on"' in answer.text
        assert answer.text.count("Das Datum liegt in der Zukunft.") == 2
        assert answer.text.count("dass das Papier neu genug ist") == 2
        assert f'value="{tomorrow}"' in answer.text
        answer = await enter(
            browser, match, target, "certificate_seen", htmx=htmx, seen_on="", fresh="1"
        )
        assert answer.status_code == 422 and "Bitte geben Sie das Datum an." in answer.text
        assert 'id="fresh-1" checked' in answer.text
        answer = await enter(browser, match, target, "certificate_seen", htmx=htmx, seen_on="")
        assert answer.text.count("dass das Papier neu genug ist") == 2, "all errors at once"
        assert await on_file() == []


async def test_a_certificate_is_kept_for_this_association_with_its_end() -> None:
    cast = await plant_cast()
    async with running_app() as browser:
        match, target = await asked(browser, cast, "certificate_seen")
        await enter(browser, match, target, "certificate_seen", fresh="1")
        page = (await browser.get(f"/desk/matches/{match}")).text
    [check] = await on_file()
    assert (check["organisation"], check["activity"]) == (cast.organisation, "cooking")
    until: date = check["valid_until"]
    assert until.year == today(now()).year + 5
    assert f"gilt bis <bdi>{until:%d.%m.%Y}" in page
    assert "Gilt nur für diesen Verein" in page


async def test_what_an_approval_rests_on_is_not_taken_back() -> None:
    cast = await plant_cast()
    async with running_app() as browser:
        match, target = await asked(browser, cast, "interview")
        await enter(browser, match, target, "interview")
        await press(browser, f"/desk/matches/{match}", f"/matches/{match}/approval")
        [check] = await on_file()
        removal = f"{target}/{check['id']}/removal"
        answer = await press(browser, f"/desk/matches/{match}", removal, match=match)
        assert answer.status_code == 409
        assert "Eine Freigabe braucht diesen Eintrag." in answer.text
        assert f'action="{target}"' in answer.text, "the right one can be entered at once"
        assert len(await on_file()) == 1
        yesterday = str(today(now()) - timedelta(days=1))
        await enter(
            browser, match, target, "interview", seen_on=yesterday, idempotency_key="another"
        )
        await press(browser, f"/desk/matches/{match}", removal, match=match)
    [left] = await on_file()
    assert str(left["seen_on"]) == yesterday


async def test_others_find_nothing_there_and_volunteers_see_no_entries() -> None:
    cast = await plant_cast()
    await plant_region("dortmund", "Dortmund")
    kerstin = await plant_person("Kerstin Vogt", "dortmund", "coordinator")
    async with running_app() as browser:
        match, target = await asked(browser, cast, "interview certificate_seen")
        olenas = target.replace(cast.amina, cast.olena)
        for where, kind in ((olenas, "interview"), (target, "training"), (target, "passport")):
            assert (await enter(browser, match, where, kind)).status_code == 404
        await enter(browser, match, target, "certificate_seen", fresh="1")
        [check] = await on_file()
        await become(browser, kerstin, "passkey")
        fields = {"match": match, "kind": "interview", "seen_on": "2026-01-01"}
        for where in (target, f"{target}/{check['id']}/removal"):
            sent = fields if where == target else {"match": match}
            assert (await press(browser, "/desk/queue", where, **sent)).status_code == 404
        for person in (cast.amina, cast.leyla):
            await become(browser, person)
            answer = await press(browser, "/home", target, **fields)
            assert answer.status_code == 404
            shown = (await browser.get(f"/matches/{match}")).text
            assert "gilt bis" not in shown and str(check["id"]) not in shown
            own = ["Gespräch: fehlt noch" in shown, "Papier vom Amt</span>" in shown]
            assert own == [person == cast.amina] * 2
    assert len(await on_file()) == 1


async def test_homework_help_from_its_template_is_carried_to_an_approval() -> None:
    cast = await plant_cast()
    async with running_app() as browser:
        await become(browser, cast.leyla)
        posting = await start(browser, cast.organisation, template="homework_help")
        published = await send(browser, posting, "publication")
        assert published.headers["location"].endswith("?done=published")
        await become(browser, cast.amina)
        yes = await press(
            browser, posting, f"{posting}/interest", consent="1", asked="1", language_level="6"
        )
        match = yes.headers["location"].removeprefix("/matches/")
        await let_time_pass()
        await become(browser, cast.anna, "passkey")
        target = f"/desk/people/{cast.amina}/checks"
        await enter(browser, match, target, "interview")
        await enter(browser, match, target, "certificate_seen", fresh="1")
        answer = await press(browser, f"/desk/matches/{match}", f"/matches/{match}/approval")
        assert answer.status_code == 303
    row = await Match.select(Match.state).where(Match.id == match).first()
    assert row and row["state"] == "approved"
