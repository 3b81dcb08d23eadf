"""From a template to what volunteers see: the check-answers page, its errors, its end."""

import re
from datetime import date, timedelta

import httpx
import pytest

from bruecke.actions.drafts import draft_from_template
from bruecke.clock import now
from bruecke.domain import slots
from bruecke.domain.access import Actor, Seat
from bruecke.domain.organisation import Organisation as OrganisationView
from bruecke.language.dates import today
from bruecke.reference.activities import codes_to_mask
from bruecke.store import organisations
from bruecke.store.ids import new_id
from bruecke.store.tables import Offer, Opening, Posting, Shift
from tests.support.web import plant_person, plant_region, running_app, sign_in, token_in

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]


async def roj(verified: bool = True) -> str:
    """Roj Kulturhaus e.V. in Kassel; answers its id."""
    await plant_region()
    made = OrganisationView(
        id=new_id(),
        region="kassel",
        name="Roj Kulturhaus e.V.",
        created_at=now(),
        verified_at=now() if verified else 0,
    )
    await organisations.add(made, "desk-kassel")
    return made.id


async def leyla(browser: httpx.AsyncClient, organisation: str) -> Actor:
    """Leyla signs in; she speaks for `organisation`."""
    person = await plant_person("Leyla", role="representative", organisation=organisation)
    await sign_in(browser, person)
    seat = Seat("representative", organisation=organisation)
    return Actor(person, "Leyla", "kassel", "de", "joined", "", seats=(seat,))


async def start(browser: httpx.AsyncClient, organisation: str, **chosen: str) -> str:
    """Takes a template or a kind; answers the address of the draft."""
    shown = (await browser.get(f"/organisations/{organisation}/postings/new")).text
    answer = await browser.post(
        f"/organisations/{organisation}/postings",
        data={
            "csrf": token_in(shown),
            "idempotency_key": token_in(shown, "idempotency_key"),
            **chosen,
        },
    )
    assert answer.headers["location"].endswith("/edit"), answer.text
    return str(answer.headers["location"]).removesuffix("/edit")


def filled(page: str) -> dict[str, list[str]]:
    """What a browser would send of the first form in the main part."""
    form = re.search(
        r'<form method="post" action="/postings/[^"]+" class="fill".*?</form>', page, re.S
    )
    assert form
    fields: dict[str, list[str]] = {}
    for tag in re.findall(r"<input [^>]*>", form[0]):
        said = dict(re.findall(r'([a-z-]+)="([^"]*)"', tag))
        if said.get("type") not in ("radio", "checkbox") or tag.endswith(" checked>"):
            fields.setdefault(said["name"], []).append(said.get("value", ""))
    for name, inside in re.findall(r'<select [^>]*name="(\w+)"[^>]*>(.*?)</select>', form[0], re.S):
        chosen = re.search(r'value="([^"]*)" selected', inside)
        fields[name] = [chosen[1] if chosen else ""]
    for name, text in re.findall(
        r'<textarea [^>]*name="(\w+)"[^>]*>\n(.*?)</textarea>', form[0], re.S
    ):
        fields[name] = [text]
    return fields


async def send(
    browser: httpx.AsyncClient, posting: str, target: str, **changed: str | list[str]
) -> httpx.Response:
    """Fills the page in as it stands, changes some answers, sends it."""
    page = await browser.get(f"{posting}/edit")
    assert page.status_code == 200, page.text
    return await browser.post(f"{posting}/{target}", data=filled(page.text) | changed)


async def test_new_leads_to_the_own_templates() -> None:
    made = await roj()
    async with running_app() as browser:
        await leyla(browser, made)
        answer = await browser.get("/postings/new")
        assert answer.headers["location"] == f"/organisations/{made}/postings/new"
        browser.cookies.clear()
        await sign_in(browser, await plant_person("Amina"))
        assert (await browser.get("/postings/new")).status_code == 404


@pytest.mark.parametrize(
    "template", ["german_practice", "lunch_table", "festival_help", "accounts_help"]
)
async def test_everything_is_filled_in_so_that_publishing_is_enough(template: str) -> None:
    made = await roj()
    async with running_app() as browser:
        await leyla(browser, made)
        posting = await start(browser, made, template=template)
        answer = await send(browser, posting, "publication")
        assert answer.headers["location"] == f"/organisations/{made}/today?done=published"
        shown = await browser.get(answer.headers["location"])
        assert "Passende Freiwillige sehen es jetzt" in shown.text
        browser.cookies.clear()
        assert (await browser.get(posting)).status_code == 200
        assert posting in (await browser.get("/postings?region=kassel")).text


async def test_a_published_need_is_suggested_to_amina_at_once() -> None:
    made = await roj()
    async with running_app() as browser:
        amina = await plant_person("Amina")
        cooking = codes_to_mask(("cooking",))
        await Offer.insert(
            Offer(person=amina, region="kassel", activities=cooking, slots=slots.ALL,
                  state="active", confirmed_at=now(), created_at=now())
        )  # fmt: skip
        await leyla(browser, made)
        posting = await start(browser, made, template="lunch_table")
        await send(browser, posting, "publication")
        browser.cookies.clear()
        await sign_in(browser, amina)
        assert posting in (await browser.get("/home")).text


async def test_the_template_speaks_every_language() -> None:
    made = await roj()
    async with running_app() as browser:
        await leyla(browser, made)
        posting = await start(browser, made, template="lunch_table")
        await send(browser, posting, "publication")
        browser.cookies.clear()
        for tag, title in (("de", "Mittagstisch"), ("en", "Community lunch"), ("ar", "مائدة غداء")):
            shown = await browser.get(posting, headers={"accept-language": tag})
            assert title in shown.text, tag


async def test_without_verification_it_stays_a_draft_and_says_so() -> None:
    made = await roj(verified=False)
    async with running_app() as browser:
        await leyla(browser, made)
        posting = await start(browser, made, template="german_practice")
        answer = await send(browser, posting, "publication", area="Nordstadt")
        assert answer.headers["location"].endswith("?done=unverified")
        shown = await browser.get(answer.headers["location"])
        assert "Veröffentlichen geht nach unserem Gespräch." in shown.text
        browser.cookies.clear()
        assert (await browser.get(posting)).status_code == 404
    row = await Posting.select().first()
    assert row and row["state"] == "draft" and row["area"] == "Nordstadt"


async def test_the_form_sent_twice_publishes_once() -> None:
    made = await roj()
    async with running_app() as browser:
        await leyla(browser, made)
        posting = await start(browser, made, template="lunch_table")
        page = await browser.get(f"{posting}/edit")
        answers = [
            await browser.post(f"{posting}/publication", data=filled(page.text)) for _ in range(2)
        ]
        assert {one.headers["location"] for one in answers} == {
            f"/organisations/{made}/today?done=published"
        }
    assert await Shift.count() == await Opening.count() == 8


async def test_what_belongs_to_others_looks_like_what_is_not_there() -> None:
    made = await roj()
    async with running_app() as browser:
        actor = await leyla(browser, made)
        draft = await draft_from_template(actor, made, "lunch_table", "key", now())
        browser.cookies.clear()
        other = OrganisationView(id=new_id(), region="kassel", name="Sofra", verified_at=now())
        await organisations.add(other, "desk-kassel")
        await leyla(browser, other.id)
        csrf = token_in((await browser.get("/me")).text)
        nothing = "AAAAAAAAAAAAAAAAAAAAAA"

        def plain(answer: httpx.Response, posting: str) -> tuple[int, str]:
            return answer.status_code, answer.text.replace(posting, "")

        there: list[tuple[int, str]] = []
        nowhere: list[tuple[int, str]] = []
        for one, answers in ((draft, there), (nothing, nowhere)):
            answers.append(plain(await browser.get(f"/postings/{one}/edit"), one))
            for target in ("edit", "publication", "pause", "resumption", "closing"):
                sent = await browser.post(f"/postings/{one}/{target}", data={"csrf": csrf})
                answers.append(plain(sent, one))
        assert {status for status, _ in there} == {404}
        assert there == nowhere


WRONG: list[tuple[str, dict[str, str | list[str]], str]] = [
    ("lunch_table", {"places_more": "0"}, "Zahl von 1 bis 99"),
    ("lunch_table", {"places_more": "viele"}, "Zahl von 1 bis 99"),
    ("lunch_table", {"places": []}, "Zahl von 1 bis 99"),
    ("lunch_table", {"days": []}, "Bitte wählen Sie einen Tag."),
    ("lunch_table", {"days": ["9"]}, "Das können wir nicht lesen."),
    ("lunch_table", {"starts_on": "2001-01-01"}, "Dieser Tag ist schon vorbei."),
    ("lunch_table", {"starts_on": "morgen"}, "Dieses Datum können wir nicht lesen."),
    ("lunch_table", {"last_date": "2001-01-01"}, "gibt es keinen Termin"),
    ("lunch_table", {"starts": "18:00", "ends": "17:00"}, "nach dem Anfang"),
    ("lunch_table", {"starts": "18:00"}, "Anfang und Ende"),
    ("lunch_table", {"starts": "spät", "ends": "18:00"}, "Diese Uhrzeit"),
    ("lunch_table", {"tasks": "Küche 2\nKüche 3"}, "heißen gleich"),
    ("lunch_table", {"tasks": "Küche 200"}, "Höchstens 12 Aufgaben"),
    ("festival_help", {"day": "bald"}, "Dieses Datum"),
    ("german_practice", {"days": [], "parts": []}, "Bitte wählen Sie einen Tag."),
    ("german_practice", {"language_level": "5"}, "reicht „ein wenig“"),
    ("german_practice", {"language_required": "xx"}, "Das können wir nicht lesen."),
    ("german_practice", {"title": "a" * 81}, "Der Titel ist zu lang."),
    ("german_practice", {"text": "a" * 1001}, "Der Text ist zu lang"),
    ("german_practice", {"format": "party"}, "Das können wir nicht lesen."),
]


@pytest.mark.parametrize(("template", "changed", "message"), WRONG)
async def test_what_is_wrong_is_said_and_the_input_stays(
    template: str, changed: dict[str, str | list[str]], message: str
) -> None:
    made = await roj()
    async with running_app() as browser:
        await leyla(browser, made)
        posting = await start(browser, made, template=template)
        for target in ("publication", "edit"):
            answer = await send(browser, posting, target, area="Nordstadt", **changed)
            assert answer.status_code == 422, answer.headers
            assert message in answer.text and 'id="errors"' in answer.text
            kept = filled(answer.text)
            assert kept["area"] == ["Nordstadt"]
            for name, value in changed.items():
                if name in ("places_more", "starts_on", "starts", "ends", "tasks", "title", "text"):
                    assert kept[name] == [value]
            for field in re.findall(r'<li><a href="#([\w-]+)"', answer.text):
                assert f'id="{field}"' in answer.text, field
    row = await Posting.select().first()
    assert row and row["state"] == "draft" and row["area"] == ""


async def test_typed_numbers_dates_and_times_stand_in_place_of_the_chips() -> None:
    made = await roj()
    day = today(now()) + timedelta(days=40)
    async with running_app() as browser:
        await leyla(browser, made)
        posting = await start(browser, made, template="festival_help")
        answer = await send(
            browser, posting, "publication", places_more="12", starts_on=str(day),
            starts="9:30", ends="11.00", tasks="Aufbauen 3\n\nMusik",
        )  # fmt: skip
        assert answer.status_code == 303, answer.text
    shift = await Shift.select().first()
    assert shift and (shift["held_on"], f"{shift['starts']:%H:%M}") == (day, "09:30")
    assert {one["task"]: one["capacity"] for one in await Opening.select()} == {
        "Aufbauen": 3,
        "Musik": 12,
    }


async def test_six_stays_six_over_the_clock_change() -> None:
    made = await roj()
    async with running_app() as browser:
        await leyla(browser, made)
        posting = await start(browser, made, template="lunch_table")
        answer = await send(
            browser, posting, "publication", days=["6"], starts_on="2027-03-21",
            last_date="2027-04-04", starts="18:00", ends="20:00",
        )  # fmt: skip
        assert answer.status_code == 303, answer.text
    shifts = await Shift.select().order_by(Shift.held_on)
    assert [one["held_on"] for one in shifts] == [
        date(2027, 3, 21),
        date(2027, 3, 28),
        date(2027, 4, 4),
    ]
    assert {f"{one['starts']:%H:%M}" for one in shifts} == {"18:00"}


async def test_another_rhythm_is_kept_and_asks_for_its_day_first() -> None:
    made = await roj()
    async with running_app() as browser:
        await leyla(browser, made)
        posting = await start(browser, made, template="lunch_table")
        answer = await send(browser, posting, "publication", format="one_off")
        assert answer.headers["location"] == f"{posting}/edit?done=look_again"
        page = await browser.get(answer.headers["location"])
        assert "Bitte prüfen Sie jetzt Tag und Zeit." in page.text and 'name="day"' in page.text
        assert (
            (await send(browser, posting, "publication")).headers["location"].endswith("published")
        )
    assert await Shift.count() == 1


async def test_what_is_ticked_asks_for_checks_before_the_start() -> None:
    async with running_app() as browser:
        home = await roj()
        await leyla(browser, home)
        draft = await start(browser, home, template="festival_help")
        assert "Papier vom Amt" not in (await browser.get(f"{draft}/edit")).text
        await send(browser, draft, "edit", with_children="1")
        assert "Papier vom Amt" in (await browser.get(f"{draft}/edit")).text


async def test_what_was_kept_is_filled_in_again() -> None:
    made = await roj()
    async with running_app() as browser:
        await leyla(browser, made)
        posting = await start(browser, made, template="german_practice")
        told = {"days": ["1", "5"], "parts": ["0"], "venue": "Uferweg 12", "text": "Tee & Brot"}
        answer = await send(browser, posting, "edit", text_language="de", **told)
        assert answer.headers["location"] == f"{posting}/edit?done=kept"
        page = filled((await browser.get(answer.headers["location"])).text)
        assert page["days"] == ["1", "5"] and page["parts"] == ["0"]
        assert page["venue"] == ["Uferweg 12"] and page["text"] == ["Tee &amp; Brot"]


@pytest.mark.parametrize(("kind", "listed"), [("event", True), ("support", False)])
async def test_events_and_support_are_posted_and_listed(kind: str, listed: bool) -> None:
    made = await roj()
    async with running_app() as browser:
        await leyla(browser, made)
        posting = await start(browser, made, kind=kind)
        answer = await send(browser, posting, "publication", title="Runder Tisch")
        assert answer.headers["location"].endswith("?done=published"), answer.text
        browser.cookies.clear()
        assert (posting in (await browser.get("/postings?region=kassel")).text) is listed
        assert posting in (await browser.get(f"/postings?region=kassel&kind={kind}")).text
        assert (await browser.get("/postings?region=kassel&kind=party")).status_code == 404


async def test_the_desk_publishes_what_waits_for_it() -> None:
    made = await roj()
    async with running_app() as browser:
        await leyla(browser, made)
        posting = await start(browser, made, template="homework_help")
        answer = await send(browser, posting, "publication")
        assert answer.headers["location"].endswith("?done=in_review")
        team = dict(browser.cookies)
        browser.cookies.clear()
        assert (await browser.get(posting)).status_code == 404
        await sign_in(browser, await plant_person("Anna Berger", role="coordinator"), "passkey")
        page = (await browser.get("/desk/postings")).text
        assert "Hausaufgabenhilfe" in page and "Kinder sind dabei" in page
        target = f"/desk{posting}/publication"
        answers = [await browser.post(target, data={"csrf": token_in(page)}) for _ in range(2)]
        assert answers[0].headers["location"] == "/desk/postings?done=released"
        assert answers[1].status_code == 404
        assert "Nichts wartet" in (await browser.get("/desk/postings?done=released")).text
        browser.cookies.clear()
        assert (await browser.get(posting)).status_code == 200
        browser.cookies.update(team)
        assert (await browser.get("/desk/postings")).status_code == 404


async def test_pause_resume_and_end() -> None:
    made = await roj()
    async with running_app() as browser:
        await leyla(browser, made)
        posting = await start(browser, made, template="german_practice")
        await send(browser, posting, "publication")
        csrf = token_in((await browser.get(f"{posting}/edit")).text)
        for target, state in (("pause", "paused"), ("resumption", "open")):
            answer = await browser.post(f"{posting}/{target}", data={"csrf": csrf})
            assert (await browser.get(answer.headers["location"])).status_code == 200
            row = await Posting.select().first()
            assert row and row["state"] == state
        refused = await browser.post(f"{posting}/closing", data={"csrf": csrf})
        assert refused.status_code == 422 and "Bitte wählen Sie einen Grund." in refused.text
        ended = await browser.post(f"{posting}/closing", data={"csrf": csrf, "reason": "found"})
        assert ended.headers["location"].endswith("?done=posting_closed")
        assert "Diese Aufgabe ist beendet." in (await browser.get(f"{posting}/edit")).text
        browser.cookies.clear()
        assert (await browser.get(posting)).status_code == 404
