"""A draft becomes public once, by its own team, and only of a verified organisation."""

import asyncio
from datetime import date, time

import msgspec
import pytest

from bruecke.actions import postings as acts
from bruecke.actions.drafts import draft_from_template, draft_of_kind
from bruecke.clock import now
from bruecke.domain.access import Actor, Seat
from bruecke.domain.errors import DomainError, NotThere
from bruecke.domain.organisation import Organisation
from bruecke.domain.posting import Changes, Task
from bruecke.store import history, organisations
from bruecke.store.ids import new_id
from bruecke.store.tables import HistoryEntry, Match, Opening, Posting, Shift
from tests.support.web import plant_person, plant_region

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]

TODAY = date(2026, 11, 22)
SATURDAY = date(2026, 12, 5)
TANDEM = Changes(format="tandem", places=2, weekdays=(0,), parts=(3,), area="Nordstadt")
LUNCH = Changes(
    format="recurring",
    places=4,
    weekdays=(2,),
    starts_on=date(2027, 3, 1),
    starts=time(18),
    ends=time(20),
)
FEST = msgspec.structs.replace(
    LUNCH, format="one_off", starts_on=SATURDAY, tasks=(Task("Aufbauen", 3), Task("Musik", 1))
)


async def leyla(verified: bool = True) -> tuple[Actor, str]:
    """Leyla, who speaks for Roj Kulturhaus e.V."""
    await plant_region()
    made = Organisation(
        id=new_id(),
        region="kassel",
        name="Roj Kulturhaus e.V.",
        area="Wesertor",
        created_at=now(),
        verified_at=now() if verified else 0,
    )
    await organisations.add(made, "desk-kassel")
    person = await plant_person("Leyla", role="representative", organisation=made.id)
    seat = Seat("representative", organisation=made.id)
    return Actor(person, "Leyla", "kassel", "de", "joined", "login", seats=(seat,)), made.id


async def anna(*seats: Seat) -> Actor:
    """Anna Berger at the desk in Kassel."""
    person = await plant_person("Anna Berger")
    desk = Seat("coordinator", region="kassel")
    return Actor(person, "Anna", "kassel", "de", "passkey", "login", seats=(desk, *seats))


async def row(posting: str) -> dict[str, object]:
    """The posting as it is stored."""
    found = await Posting.select().where(Posting.id == posting).first()
    assert found
    return dict(found)


async def publish(actor: Actor, posting: str, changes: Changes, key: str = "key") -> str:
    return await acts.publish(actor, posting, changes, key, now(), TODAY)


async def test_a_draft_is_published_with_what_the_page_said() -> None:
    actor, made = await leyla()
    draft = await draft_from_template(actor, made, "german_practice", "key", now())
    assert await publish(actor, draft, TANDEM) == "open"
    found = await row(draft)
    assert found["state"] == "open" and found["area"] == "Nordstadt" and found["published_at"]
    assert found["slots"] == 1 << 3 and found["review_by"] == date(2027, 2, 22)
    assert [one["capacity"] for one in await Opening.select()] == [2]
    assert await history.of_thing(draft) == ["drafted", "published"]


async def test_one_form_publishes_once_and_another_is_told() -> None:
    actor, made = await leyla()
    draft = await draft_from_template(actor, made, "lunch_table", "key", now())
    assert await publish(actor, draft, FEST) == await publish(actor, draft, FEST) == "open"
    assert await Shift.count() == 1 and await Opening.count() == 2
    with pytest.raises(DomainError, match="moved"):
        await publish(actor, draft, FEST, "another key")


async def test_two_who_publish_at_once_have_one_winner() -> None:
    actor, made = await leyla()
    draft = await draft_from_template(actor, made, "lunch_table", "key", now())
    answers = await asyncio.gather(
        publish(actor, draft, FEST, "one"),
        publish(actor, draft, FEST, "two"),
        return_exceptions=True,
    )
    assert sorted(map(str, answers)) == ["open", "postings.error.moved"]
    assert await Shift.count() == 1 and await Opening.count() == 2


async def test_without_verification_it_stays_a_draft_with_all_answers() -> None:
    actor, made = await leyla(verified=False)
    draft = await draft_from_template(actor, made, "german_practice", "key", now())
    assert await publish(actor, draft, TANDEM) == "draft"
    found = await row(draft)
    assert found["state"] == "draft" and not found["published_at"] and found["area"] == "Nordstadt"


async def test_a_weekly_rule_writes_shifts_that_keep_their_wall_time() -> None:
    actor, made = await leyla()
    draft = await draft_from_template(actor, made, "lunch_table", "key", now())
    await publish(actor, draft, LUNCH)
    shifts = await Shift.select().order_by(Shift.held_on)
    assert len(shifts) == 8
    assert [one["held_on"] for one in shifts][3:5] == [date(2027, 3, 24), date(2027, 3, 31)]
    assert {(one["starts"], one["zone"]) for one in shifts} == {(time(18), "Europe/Berlin")}
    assert await Opening.count().where(Opening.shift.is_not_null()) == await Opening.count() == 8


async def test_tasks_share_a_date() -> None:
    actor, made = await leyla()
    draft = await draft_from_template(actor, made, "festival_help", "key", now())
    await publish(actor, draft, FEST)
    places = {one["task"]: one["capacity"] for one in await Opening.select()}
    assert places == {"Aufbauen": 3, "Musik": 1} and await Shift.count() == 1


async def test_children_of_a_first_posting_wait_for_the_desk() -> None:
    actor, made = await leyla()
    draft = await draft_from_template(actor, made, "homework_help", "key", now())
    assert await publish(actor, draft, TANDEM) == "review"
    desk = await anna()
    stranger = msgspec.structs.replace(desk, seats=(Seat("coordinator", region="dortmund"),))
    with pytest.raises(NotThere):
        await acts.release(stranger, draft, now(), TODAY)
    own = await anna(Seat("representative", organisation=made))
    with pytest.raises(DomainError, match="own_organisation"):
        await acts.release(own, draft, now(), TODAY)
    await acts.release(desk, draft, now(), TODAY)
    assert (await row(draft))["state"] == "open"
    with pytest.raises(NotThere):
        await acts.release(desk, draft, now(), TODAY)
    second = await draft_from_template(actor, made, "reading_aloud", "key", now())
    assert await publish(actor, second, TANDEM) == "open"


async def test_the_desk_sends_back_and_the_reason_stays_until_it_is_sent_again() -> None:
    actor, made = await leyla()
    draft = await draft_from_template(actor, made, "homework_help", "key", now())
    await publish(actor, draft, TANDEM)
    desk = await anna()
    stranger = msgspec.structs.replace(desk, seats=(Seat("coordinator", region="dortmund"),))
    with pytest.raises(NotThere):
        await acts.send_back(stranger, draft, "place", now(), TODAY)
    own = await anna(Seat("representative", organisation=made))
    with pytest.raises(DomainError, match="own_organisation"):
        await acts.send_back(own, draft, "place", now(), TODAY)
    with pytest.raises(DomainError, match="reason_required"):
        await acts.send_back(desk, draft, "because", now(), TODAY)
    assert (await row(draft))["state"] == "review"
    await acts.send_back(desk, draft, "children", now(), TODAY)
    with pytest.raises(NotThere):
        await acts.send_back(desk, draft, "children", now(), TODAY)
    await acts.revise(actor, draft, TANDEM, now(), TODAY)
    found = await row(draft)
    assert (found["state"], found["sent_back"]) == ("draft", "children")
    assert await publish(actor, draft, TANDEM, "again") == "review"
    assert (await row(draft))["sent_back"] == ""
    did = ["drafted", "sent_to_review", "sent_back", "revised", "sent_to_review"]
    assert await history.of_thing(draft) == did
    entry = await HistoryEntry.select().where(HistoryEntry.did == "sent_back").first()
    assert entry and (entry["actor"], entry["detail"]) == (desk.id, "children")


async def test_of_two_at_the_desk_one_decides() -> None:
    actor, made = await leyla()
    draft = await draft_from_template(actor, made, "homework_help", "key", now())
    await publish(actor, draft, TANDEM)
    desk, other = await anna(), await anna()
    answers = await asyncio.gather(
        acts.release(desk, draft, now(), TODAY),
        acts.send_back(other, draft, "task", now(), TODAY),
        return_exceptions=True,
    )
    assert sorted(isinstance(answer, Exception) for answer in answers) == [False, True]
    found = await row(draft)
    assert (found["state"], found["sent_back"]) in {("open", ""), ("draft", "task")}


async def test_what_is_still_true_stays_open_for_another_three_months() -> None:
    actor, made = await leyla()
    draft = await draft_from_template(actor, made, "german_practice", "key", now())
    with pytest.raises(DomainError):
        await acts.still_true(actor, draft, now(), TODAY)
    await publish(actor, draft, TANDEM)
    assert await acts.still_true(actor, draft, now(), date(2027, 2, 22)) == made
    assert (await row(draft))["review_by"] == date(2027, 5, 22)
    assert (await history.of_thing(draft))[-1] == "still_true"


async def test_a_template_is_never_made_less_careful() -> None:
    actor, made = await leyla()
    draft = await draft_from_template(actor, made, "homework_help", "key", now())
    await acts.revise(actor, draft, TANDEM, now(), TODAY)
    found = await row(draft)
    assert found["with_children"] and found["age_bands"] == "adult"
    quiet = await draft_from_template(actor, made, "german_practice", "key", now())
    home = msgspec.structs.replace(TANDEM, home_visit=True)
    await acts.revise(actor, quiet, home, now(), TODAY)
    assert (await row(quiet))["age_bands"] == "adult"


async def test_children_and_homes_that_were_ticked_ask_for_checks() -> None:
    actor, made = await leyla()
    lunch = await draft_from_template(actor, made, "lunch_table", "key", now())
    with_children = msgspec.structs.replace(LUNCH, with_children=True)
    await acts.revise(actor, lunch, with_children, now(), TODAY)
    assert (await row(lunch))["checks"] == "food_instruction interview certificate_seen"
    await acts.revise(actor, lunch, LUNCH, now(), TODAY)
    found = await row(lunch)
    assert found["with_children"] and "certificate_seen" in str(found["checks"])
    quiet = await draft_of_kind(actor, made, "support", "Besuch", "key", now())
    home = msgspec.structs.replace(TANDEM, title="Besuch", activity="visiting", home_visit=True)
    await publish(actor, quiet, home)
    assert (await row(quiet))["checks"] == "interview training confidentiality"


async def test_nobody_touches_what_others_posted() -> None:
    actor, made = await leyla()
    draft = await draft_from_template(actor, made, "german_practice", "key", now())
    samuel = msgspec.structs.replace(actor, id=await plant_person("Samuel"), seats=())
    for posting in (draft, "does-not-exist"):
        for act in (
            acts.revise(samuel, posting, TANDEM, now(), TODAY),
            publish(samuel, posting, TANDEM),
            acts.pause(samuel, posting, now(), TODAY),
            acts.resume(samuel, posting, now(), TODAY),
            acts.still_true(samuel, posting, now(), TODAY),
            acts.send_back(samuel, posting, "task", now(), TODAY),
            acts.close(samuel, posting, "found", now(), TODAY),
        ):
            with pytest.raises(NotThere):
                await act
    assert (await row(draft))["state"] == "draft"


async def test_pause_resume_and_end_each_work_once() -> None:
    actor, made = await leyla()
    draft = await draft_from_template(actor, made, "german_practice", "key", now())
    with pytest.raises(DomainError):
        await acts.pause(actor, draft, now(), TODAY)
    await publish(actor, draft, TANDEM)
    await acts.pause(actor, draft, now(), TODAY)
    with pytest.raises(DomainError):
        await acts.pause(actor, draft, now(), TODAY)
    await acts.resume(actor, draft, now(), date(2026, 12, 24))
    assert (await row(draft))["review_by"] == date(2027, 3, 24)
    with pytest.raises(DomainError, match="reason"):
        await acts.close(actor, draft, "because", now(), TODAY)
    await acts.close(actor, draft, "found", now(), TODAY)
    assert (await row(draft))["closed_reason"] == "found"
    with pytest.raises(DomainError):
        await acts.revise(actor, draft, TANDEM, now(), TODAY)


async def test_a_date_somebody_said_yes_to_is_not_moved_away() -> None:
    actor, made = await leyla()
    draft = await draft_from_template(actor, made, "festival_help", "key", now())
    await publish(actor, draft, FEST)
    opening = await Opening.select().where(Opening.task == "Musik").first()
    assert opening
    amina = await plant_person("Amina")
    await Match.insert(
        Match(opening=opening["id"], posting=draft, person=amina, state="interested",
              dedupe_key=f"{amina}:{opening['id']}")
    )  # fmt: skip
    later = msgspec.structs.replace(FEST, starts_on=date(2026, 12, 12))
    with pytest.raises(DomainError, match="people_waiting"):
        await acts.revise(actor, draft, later, now(), TODAY)
    assert [one["held_on"] for one in await Shift.select()] == [SATURDAY]
    more = msgspec.structs.replace(FEST, tasks=(Task("Aufbauen", 5), Task("Musik", 1)))
    await acts.revise(actor, draft, more, now(), TODAY)
    assert {one["capacity"] for one in await Opening.select()} == {5, 1}


async def test_events_and_requests_for_support_are_posted_without_a_template() -> None:
    actor, made = await leyla()
    for kind, changes in (("event", FEST), ("support", TANDEM)):
        draft = await draft_of_kind(actor, made, kind, "Runder Tisch", "key", now())
        assert draft == await draft_of_kind(actor, made, kind, "Runder Tisch", "key", now())
        named = msgspec.structs.replace(changes, title="Runder Tisch", activity="office")
        assert await publish(actor, draft, named) == "open"
        assert (await row(draft))["activity"] == "office"
    with pytest.raises(DomainError):
        await draft_of_kind(actor, made, "party", "Fest", "key", now())


async def test_the_next_draft_starts_where_the_last_posting_was() -> None:
    actor, made = await leyla()
    first = await draft_from_template(actor, made, "german_practice", "key", now())
    assert (await row(first))["area"] == "Wesertor"
    await publish(actor, first, msgspec.structs.replace(TANDEM, venue="Uferweg 12"))
    second = await row(await draft_from_template(actor, made, "lunch_table", "key", now()))
    assert (second["area"], second["venue"]) == ("Nordstadt", "Uferweg 12")


async def test_suggested_dates_may_move_and_closed_ones_stay_for_the_figures() -> None:
    actor, made = await leyla()
    draft = await draft_from_template(actor, made, "lunch_table", "key", now())
    week = msgspec.structs.replace(LUNCH, last_date=date(2027, 3, 10))
    await publish(actor, draft, week)
    openings = await Opening.select(Opening.id, Opening.shift.held_on).order_by(
        Opening.shift.held_on
    )
    for opening, state in zip(openings, ("suggested", "closed"), strict=True):
        person = await plant_person("Olena")
        await Match.insert(
            Match(opening=opening["id"], posting=draft, person=person, state=state,
                  dedupe_key=f"{person}:{opening['id']}")
        )  # fmt: skip
    await acts.revise(actor, draft, msgspec.structs.replace(week, weekdays=(4,)), now(), TODAY)
    shifts = await Shift.select().order_by(Shift.held_on)
    assert [(one["held_on"], one["state"]) for one in shifts] == [
        (date(2027, 3, 5), "planned"),
        (date(2027, 3, 10), "cancelled"),
    ]
    assert [one["state"] for one in await Match.select()] == ["closed"]


async def test_the_end_of_a_posting_ends_its_matches() -> None:
    actor, made = await leyla()
    draft = await draft_from_template(actor, made, "german_practice", "key", now())
    await publish(actor, draft, TANDEM)
    opening = await Opening.select().first()
    assert opening
    amina = await plant_person("Amina")
    await Match.insert(
        Match(opening=opening["id"], posting=draft, person=amina, state="interested",
              dedupe_key=f"{amina}:{opening['id']}")
    )  # fmt: skip
    await acts.close(actor, draft, "not_needed", now(), TODAY)
    match = await Match.select().first()
    assert match and (match["state"], match["closed_reason"]) == ("closed", "posting_closed")
