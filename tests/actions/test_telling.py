"""Who hears of a move, when, and what is taken back with it."""

from datetime import date
from typing import Any

import pytest

from bruecke.actions import inbox, messages, reminders
from bruecke.actions.matches import (
    approve,
    confirm,
    confirm_by_phone,
    decline,
    end_of_posting,
    refuse,
    report_problem,
    silence,
    undo,
    withdraw,
)
from bruecke.clock import DAY
from bruecke.delivery.sweep import sweep
from bruecke.domain.access import Actor, Seat
from bruecke.store import matches, people
from bruecke.store.matches import Record
from bruecke.store.tables import Delivery, Notification, Posting
from bruecke.store.transaction import transaction
from tests.actions.match_cast import (
    CANARY,
    LATER,
    NOW,
    World,
    acting,
    approved,
    as_roj,
    interested,
    person,
    state,
    world,
)

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]


async def coordinated(here: World) -> World:
    """Anna has her seat, and Leyla hers, in the database too."""
    await people.add_membership(here.anna.id, "coordinator", NOW, region="kassel")
    await people.add_membership(
        here.leyla.id, "representative", NOW, organisation=here.leyla.organisations[0]
    )
    return here


async def heard(who: Actor, now: int) -> list[str]:
    """What stands in somebody's inbox by then, the newest first."""
    return [line.told.kind for line in await inbox.open_inbox(who, now)]


async def test_each_side_hears_of_the_others_moves_and_never_of_its_own() -> None:
    here = await coordinated(await world())
    amina, match = await interested(here, "Amina")
    assert await heard(here.anna, NOW + 10) == ["interest"]
    await approve(here.anna, match, LATER)
    await confirm(here.leyla, match, LATER + 60)
    end = LATER + 100
    assert await heard(amina, end) == ["confirmed", "approved"]
    assert await heard(here.leyla, end) == ["asked"]
    assert await heard(here.anna, end) == ["interest"]


async def test_nobody_hears_of_a_move_that_can_still_be_taken_back() -> None:
    here = await coordinated(await world())
    amina, match = await interested(here, "Amina")
    assert await heard(here.anna, NOW + 9) == []
    await approve(here.anna, match, LATER)
    assert await heard(amina, LATER + 29) == []
    due = await Delivery.select(Delivery.not_before_at).where(Delivery.person == amina.id)
    assert [row["not_before_at"] for row in due] == [LATER + 30]


async def test_an_undone_move_is_not_said_at_all() -> None:
    here = await coordinated(await world())
    amina, match = await interested(here, "Amina")
    await approve(here.anna, match, LATER)
    await undo(here.anna, match, LATER + 10)
    assert await heard(amina, LATER + 100) == []
    assert await heard(here.leyla, LATER + 100) == []
    waiting = await Delivery.select(Delivery.kind).where(Delivery.state == "waiting")
    assert {row["kind"] for row in waiting} == {"interest"}


async def test_an_association_hears_nothing_of_somebody_the_desk_refused() -> None:
    here = await coordinated(await world())
    amina, match = await interested(here, "Amina")
    await decline(here.anna, match, "not_suitable", LATER)
    assert await heard(amina, LATER + 60) == ["refused"]
    assert await heard(here.leyla, LATER + 60) == []


async def test_a_confirmation_on_the_phone_tells_both_sides() -> None:
    here = await coordinated(await world())
    amina, match = await approved(here, "Amina")
    await confirm_by_phone(here.anna, match, LATER + 60)
    assert await heard(amina, LATER + 100) == ["confirmed", "approved"]
    assert await heard(here.leyla, LATER + 100) == ["settled", "asked"]


async def test_a_problem_reaches_the_desk_and_the_other_side() -> None:
    here = await coordinated(await world())
    amina, match = await approved(here, "Amina")
    await confirm(here.leyla, match, LATER + 60)
    await report_problem(amina, match, LATER + 120)
    assert (await heard(here.anna, LATER + 200))[0] == "problem"
    assert (await heard(here.leyla, LATER + 200))[0] == "task_rests"
    assert "rests" not in await heard(amina, LATER + 200)


async def test_a_withdrawal_tells_the_association_that_saw_the_person() -> None:
    here = await coordinated(await world())
    amina, match = await approved(here, "Amina")
    await withdraw(amina, match, LATER + 60)
    assert (await heard(here.leyla, LATER + 100))[0] == "gone"


async def test_a_coordinator_who_speaks_for_the_association_is_not_asked_to_decide() -> None:
    here = await coordinated(await world())
    await people.add_membership(here.leyla.id, "coordinator", NOW, region="kassel")
    await interested(here, "Amina")
    assert await heard(here.leyla, NOW + 60) == []


async def test_the_inbox_is_read_by_opening_it_and_belongs_to_one_person() -> None:
    here = await coordinated(await world())
    _, match = await interested(here, "Amina")
    stranger = await person("Olena")
    assert await heard(stranger, NOW + 60) == []
    first = await inbox.open_inbox(here.anna, NOW + 60)
    assert [line.told.read_at for line in first] == [0]
    again = await inbox.open_inbox(here.anna, NOW + 90)
    assert [line.told.read_at for line in again] == [NOW + 60]
    assert again[0].path == f"/desk/matches/{match}"


async def test_day_three_reminds_the_association_once_and_again_after_a_new_wait() -> None:
    here = await coordinated(await world())
    await approved(here, "Amina")
    await reminders.remind(LATER + 3 * DAY - 1)
    assert "reminder" not in await heard(here.leyla, LATER + 3 * DAY)
    for at in (0, 600, DAY):
        await reminders.remind(LATER + 3 * DAY + at)
    assert (await heard(here.leyla, LATER + 5 * DAY)).count("reminder") == 1


async def test_three_working_days_without_a_decision_remind_the_desk_and_pass_nothing() -> None:
    here = await coordinated(await world())
    _, match = await interested(here, "Amina")
    for day in (2, 5, 6):
        await reminders.remind(NOW + day * DAY)
    assert sorted(await heard(here.anna, NOW + 7 * DAY)) == ["interest", "overdue"]
    assert await state(match) == "interested"


async def test_no_row_of_the_outbox_or_the_inbox_holds_a_contact() -> None:
    here = await coordinated(await world())
    _, match = await approved(here, "Amina")
    await confirm(here.leyla, match, LATER + 60)
    for table in (Delivery, Notification):
        assert CANARY not in repr(await table.select())


async def test_an_approval_is_heard_of_though_a_withdrawal_in_its_window_was_undone() -> None:
    here = await coordinated(await world())
    amina, match = await interested(here, "Amina")
    await approve(here.anna, match, LATER)
    await withdraw(amina, match, LATER + 5)
    await undo(amina, match, LATER + 8)
    assert await state(match) == "approved"
    assert await heard(here.leyla, LATER + 100) == ["asked"]
    assert await heard(amina, LATER + 100) == ["approved"]


async def test_an_association_hears_nothing_of_what_ended_before_it_could_see_it() -> None:
    here = await coordinated(await world())
    amina, match = await interested(here, "Amina")
    await approve(here.anna, match, LATER)
    await withdraw(amina, match, LATER + 5)
    assert await matches.for_organisation(as_roj(here), match, LATER + 100) is None
    assert await heard(here.leyla, LATER + 100) == []
    assert await heard(amina, LATER + 100) == []
    assert (await heard(here.anna, LATER + 100))[0] == "open_again"


async def test_in_the_morning_nobody_reads_that_the_association_still_decides() -> None:
    here = await coordinated(await world())
    amina, match = await approved(here, "Amina")
    await confirm(here.leyla, match, LATER + 60)
    said = await Notification.select(Notification.message).where(
        (Notification.person == amina.id) & (Notification.kind == "approved")
    )
    assert await messages.outdated([said[0]["message"]]) == {said[0]["message"]}


async def test_who_closed_a_task_does_not_read_that_somebody_cannot_help() -> None:
    here = await coordinated(await world(places=3))
    home = here.leyla.organisations[0]
    samuel = await person("Samuel")
    await people.add_membership(samuel.id, "representative", NOW, organisation=home)
    await Posting.update({Posting.contact: None}).where(Posting.id == here.posting)
    amina, _ = await approved(here, "Amina")
    async with transaction():
        await end_of_posting(here.posting, here.leyla.id, LATER + DAY)
    colleague = acting(samuel.id, Seat("representative", organisation=home))
    assert await heard(colleague, LATER + 2 * DAY) == ["asked"]
    assert (await heard(amina, LATER + 2 * DAY))[0] == "ended"


async def test_a_silent_association_reads_that_it_was_silent_and_the_desk_goes_on() -> None:
    here = await coordinated(await world(held_on=date(2026, 11, 20)))
    amina, _ = await approved(here, "Amina")
    await silence(LATER + 10 * DAY)
    assert (await heard(here.leyla, LATER + 11 * DAY))[0] == "lapsed"
    assert (await heard(amina, LATER + 11 * DAY))[0] == "ended"
    assert (await heard(here.anna, LATER + 11 * DAY))[0] == "open_again"


async def test_the_desk_hears_that_the_association_said_no() -> None:
    here = await coordinated(await world())
    _, match = await approved(here, "Amina")
    await refuse(here.leyla, match, "refused", LATER + 100)
    assert (await heard(here.anna, LATER + 200))[0] == "open_again"


async def test_no_reminder_comes_for_a_day_that_is_over() -> None:
    here = await coordinated(await world(held_on=date(2026, 9, 22)))
    await approved(here, "Amina")
    await reminders.remind(LATER + 4 * DAY)
    assert "reminder" not in await heard(here.leyla, LATER + 5 * DAY)


async def test_many_interests_of_a_day_are_one_mail_to_the_desk() -> None:
    here = await coordinated(await world(places=40))
    await people.update(here.anna.id, email="anna@example.org", email_confirmed_at=NOW)
    for number in range(5):
        await interested(here, f"Amina {number}", NOW)
    waiting = await Delivery.select().where(Delivery.channel == "message")
    for row in waiting:
        await messages.send_out(row["id"], row["message"], here.anna.id, "interest", NOW + 60)
    assert await Delivery.count().where(Delivery.channel == "mail") == 1


async def test_one_that_cannot_be_said_keeps_no_other_waiting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    here = await coordinated(await world(places=3))
    _, bad = await approved(here, "Amina")
    await approved(here, "Olena")
    real = reminders.say

    async def failing(record: Record, *said: Any) -> None:
        if record.id == bad:
            raise ValueError
        await real(record, *said)

    monkeypatch.setattr(reminders, "say", failing)
    await sweep(LATER + 3 * DAY)
    assert (await heard(here.leyla, LATER + 3 * DAY)).count("reminder") == 1
