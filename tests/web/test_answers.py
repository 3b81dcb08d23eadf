"""A link in a message answers its suggestions with one tap, signed in or not; and the inbox."""

import re

import httpx
import pytest

from bruecke.clock import DAY, now
from bruecke.keys import keyed_hash
from bruecke.store import answer_links, matches, notifications, people
from bruecke.store.ids import new_id, token
from bruecke.store.tables import AnswerLink, Consent, Match, Notification, Posting
from tests.support.pair import (
    AMINAS,
    LEYLAS,
    Cast,
    become,
    let_time_pass,
    plant_cast,
    say_yes,
    shows,
)
from tests.support.web import running_app

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]


async def messaged(cast: Cast, person: str) -> tuple[str, str]:
    """Amina was sent a suggestion: (address of its link, match)."""
    row = Match(
        id=new_id(), opening=cast.opening, posting=cast.posting, person=person, source="engine",
        state="suggested", reasons='[{"key":"reason.anything","about":""}]', score=50,
        visible_from_at=now(), created_at=now(), moved_at=now(),
    )  # fmt: skip
    assert await matches.add(row)
    message, secret = new_id(), token()
    await notifications.add(person, "suggestion", str(row.id), message, message, now(), now())
    await answer_links.add(keyed_hash("answer", secret), person, message, now(), now() + 14 * DAY)
    return f"/answers/{secret}", str(row.id)


async def state_of(match: str) -> str:
    found = await Match.select(Match.state).where(Match.id == match)
    return str(found[0]["state"])


async def test_one_tap_on_the_link_s_page_is_a_yes_without_any_login() -> None:
    cast = await plant_cast()
    async with running_app() as phone:
        link, match = await messaged(cast, cast.amina)
        page = await phone.get(link)
        assert page.status_code == 200
        assert "Freitagsküche" in page.text and "Ja, gern" in page.text
        assert "stimmen Sie zu" in page.text
        answer = await phone.post(f"{link}/interest", data={"match": match, "consent": "1"})
        assert (answer.status_code, answer.headers["location"]) == (303, link)
        after = await phone.get(link)
        assert "Die Koordination prüft" in after.text and "Zurücknehmen" in after.text
        assert not phone.cookies
    assert await state_of(match) == "interested"
    assert await Consent.count().where(Consent.person == cast.amina) == 1


async def test_a_yes_through_the_link_can_be_taken_back_and_turned_into_a_no() -> None:
    cast = await plant_cast()
    async with running_app() as phone:
        link, match = await messaged(cast, cast.amina)
        await phone.post(f"{link}/interest", data={"match": match, "consent": "1"})
        await phone.post(f"{link}/undo", data={"match": match})
        assert await state_of(match) == "suggested"
        await phone.post(f"{link}/refusal", data={"match": match})
        assert "Sie haben geantwortet" in (await phone.get(link)).text
        late = await phone.post(f"{link}/interest", data={"match": match, "consent": "1"})
        assert late.status_code == 409
    assert await state_of(match) == "closed"


async def test_unknown_and_ended_links_answer_alike_and_show_the_way_on() -> None:
    cast = await plant_cast()
    async with running_app() as phone:
        link, match = await messaged(cast, cast.amina)
        await AnswerLink.update({AnswerLink.expires_at: now()}, force=True)
        ended, unknown = await phone.get(link), await phone.get(f"/answers/{token()}")
        assert ended.status_code == unknown.status_code == 404
        assert ended.content == unknown.content
        assert 'href="/matches"' in ended.text
        for target in ("interest", "refusal", "undo"):
            answer = await phone.post(f"{link}/{target}", data={"match": match})
            assert answer.status_code == 404
    assert await state_of(match) == "suggested"


async def test_a_link_answers_nothing_of_somebody_else() -> None:
    cast = await plant_cast(places=2)
    async with running_app() as phone:
        link, _ = await messaged(cast, cast.amina)
        _, other = await messaged(cast, cast.olena)
        for target in ("interest", "refusal", "undo"):
            answer = await phone.post(f"{link}/{target}", data={"match": other})
            assert answer.status_code == 404
        assert "Olena" not in (await phone.get(link)).text
    assert await state_of(other) == "suggested"


async def test_what_nobody_asked_yet_is_asked_once_beside_the_yes() -> None:
    cast = await plant_cast()
    await Posting.update({Posting.language_required: "tr", Posting.language_level: 2}, force=True)
    async with running_app() as phone:
        link, match = await messaged(cast, cast.amina)
        asked = await phone.post(f"{link}/interest", data={"match": match, "consent": "1"})
        assert asked.status_code == 200 and "Türkisch" in asked.text
        empty = {"match": match, "consent": "1", "asked": "1"}
        assert (await phone.post(f"{link}/interest", data=empty)).status_code == 422
        said = await phone.post(f"{link}/interest", data={**empty, "language_level": "4"})
        assert said.status_code == 303
    assert await state_of(match) == "interested"


async def test_the_page_speaks_the_person_s_language_and_shows_no_number() -> None:
    cast = await plant_cast()
    await people.update(cast.amina, reading_language="ar")
    async with running_app() as phone:
        link, match = await messaged(cast, cast.amina)
        page = await phone.get(link)
        assert 'dir="rtl"' in page.text
        await phone.post(f"{link}/interest", data={"match": match, "consent": "1"})
        for answer in (page, await phone.get(link)):
            assert not shows(answer, AMINAS) and not shows(answer, LEYLAS)


async def test_looking_at_a_link_changes_nothing() -> None:
    cast = await plant_cast()
    async with running_app() as phone:
        link, match = await messaged(cast, cast.amina)
        for _ in range(3):
            await phone.get(link)
    assert await state_of(match) == "suggested"
    assert await Consent.count() == 0


async def inbox(browser: httpx.AsyncClient, person: str, method: str = "joined") -> str:
    await become(browser, person, method)
    return (await browser.get("/notifications")).text


async def test_the_bell_counts_what_is_new_until_the_inbox_is_opened() -> None:
    cast = await plant_cast()
    async with running_app() as browser:
        await say_yes(browser, cast, cast.amina)
        await become(browser, cast.anna, "passkey")
        assert not re.search(r'class="count">1<', (await browser.get("/desk/queue")).text)
        await let_time_pass()
        assert re.search(r'class="count">1<', (await browser.get("/desk/queue")).text)
        page = await inbox(browser, cast.anna, "passkey")
        assert "Eine neue Anfrage ist offen" in page and "Freitagsküche" in page
        assert not re.search(r'class="count">1<', (await browser.get("/desk/queue")).text)
    assert await Notification.count().where(Notification.read_at > 0) == 1


async def test_the_inbox_is_one_s_own_and_needs_a_login() -> None:
    cast = await plant_cast()
    async with running_app() as browser:
        answer = await browser.get("/notifications")
        assert answer.status_code == 303 and "/sign-in" in answer.headers["location"]
        await say_yes(browser, cast, cast.amina)
        await let_time_pass()
        assert "Noch keine Nachrichten" in await inbox(browser, cast.olena)
