"""Who enters what was seen, what it counts for, and that no approval stands without it."""

import asyncio
from datetime import date, time, timedelta

import msgspec
import pytest

from bruecke.actions import postings as acts
from bruecke.actions.checks import record, take_back
from bruecke.actions.drafts import draft_from_template
from bruecke.actions.matches import approve, look, say_yes, undo
from bruecke.domain.access import Actor, Seat
from bruecke.domain.check import CERTIFICATE, Entry
from bruecke.domain.errors import DomainError, NotThere, SentDifferently
from bruecke.domain.organisation import Organisation
from bruecke.domain.posting import Changes
from bruecke.store import checks, history, openings
from bruecke.store.organisations import add as add_organisation
from bruecke.store.tables import Posting
from tests.actions.match_cast import (
    LATER,
    NOW,
    TODAY,
    YES,
    World,
    acting,
    interested,
    person,
    state,
    taken,
    world,
)
from tests.support.web import plant_region

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]

SHIFT = date(2026, 10, 5)
WITH_CHILDREN = Changes(
    format="one_off", places=1, starts_on=SHIFT, starts=time(10), ends=time(14),
    venue="Holländische Str. 1", with_children=True,
)  # fmt: skip


async def enter(
    here: World, who: Actor, kind: str, seen_on: date = TODAY, key: str = "form", **fields: str
) -> str:
    """Anna enters that she saw it."""
    if kind == CERTIFICATE:
        fields = {"organisation": here.leyla.organisations[0], "activity": "cooking", **fields}
    entry = Entry(kind=kind, seen_on=seen_on, is_fresh=True, **fields)
    return await record(here.anna, who.id, entry, key, LATER, TODAY)


async def is_refused(here: World, match: str) -> bool:
    """Whether the desk cannot approve for want of a check; nothing moved then."""
    with pytest.raises(DomainError, match=r"matches\.error\.checks"):
        await approve(here.anna, match, LATER)
    return await state(match) == "interested" and await taken(here.opening) == 0


async def test_the_desk_approves_only_what_it_has_seen() -> None:
    here = await world(checks="interview certificate_seen")
    amina, match = await interested(here, "Amina")
    assert await is_refused(here, match)
    await enter(here, amina, "interview")
    seen = await look(here.anna, match, LATER)
    assert (seen.gates["checks"], seen.missing) == ("unknown", ("checks",))
    assert [kind for kind, check in seen.checks.items() if check] == ["interview"]
    assert await is_refused(here, match)
    await enter(here, amina, CERTIFICATE)
    seen = await look(here.anna, match, LATER)
    assert (seen.gates["checks"], seen.missing) == ("pass", ())
    assert await approve(here.anna, match, LATER) == "approved"


async def test_an_entry_says_what_was_seen_and_the_history_only_that_something_was() -> None:
    here = await world(checks=CERTIFICATE)
    amina = await person("Amina")
    made = await enter(here, amina, CERTIFICATE)
    assert await enter(here, amina, CERTIFICATE) == made, "the same form sent twice"
    with pytest.raises(SentDifferently):
        await enter(here, amina, CERTIFICATE, TODAY - timedelta(days=1))
    [check] = await checks.of_person(amina.id)
    assert check.valid_until == TODAY.replace(year=TODAY.year + 5)
    assert (check.organisation, check.activity) == (here.leyla.organisations[0], "cooking")
    await take_back(here.anna, amina.id, made, LATER)
    with pytest.raises(NotThere):
        await take_back(here.anna, amina.id, made, LATER)
    assert await checks.of_person(amina.id) == []
    assert await history.of_thing(amina.id) == ["check_recorded", "check_taken_back"]


async def test_other_regions_strangers_and_oneself_are_not_there() -> None:
    here = await world()
    await plant_region("dortmund", "Dortmund")
    amina, daria = await person("Amina"), await person("Daria", region="dortmund")
    kept = await enter(here, amina, "interview")
    entry = Entry(kind="interview", seen_on=TODAY)
    kerstin = acting((await person("Kerstin")).id, Seat("coordinator", region="dortmund"))
    by_mail = Actor(here.anna.id, "Anna", "kassel", "de", "code", "", seats=here.anna.seats)
    for actor, who in (
        (kerstin, amina), (here.anna, daria), (here.anna, here.anna), (here.leyla, amina),
        (amina, amina), (by_mail, amina),
    ):  # fmt: skip
        with pytest.raises(NotThere):
            await record(actor, who.id, entry, "key", LATER, TODAY)
        with pytest.raises(NotThere):
            await take_back(actor, who.id, kept, LATER)
    with pytest.raises(NotThere):
        await take_back(here.anna, here.leyla.id, kept, LATER)
    assert [one.id for one in await checks.of_person(amina.id)] == [kept]


async def test_a_certificate_is_shown_for_a_carrier_of_the_region_and_never_ones_own() -> None:
    here = await world()
    amina = await person("Amina")
    await plant_region("dortmund", "Dortmund")
    await add_organisation(
        Organisation(id="zaitouna", region="dortmund", name="Zaitouna"), "desk-dortmund"
    )
    for carrier in ("", "nobody", "zaitouna"):
        with pytest.raises(NotThere):
            await enter(here, amina, CERTIFICATE, organisation=carrier)
    both = acting(here.anna.id, *here.anna.seats, *here.leyla.seats)
    own = Entry(
        kind=CERTIFICATE, seen_on=TODAY, is_fresh=True, organisation=both.organisations[0],
        activity="cooking",
    )  # fmt: skip
    with pytest.raises(NotThere):
        await record(both, amina.id, own, "key", LATER, TODAY)


@pytest.mark.parametrize(
    ("kind", "seen_on", "key"),
    [
        ("interview", TODAY + timedelta(days=1), "future"),
        (CERTIFICATE, TODAY.replace(year=TODAY.year - 6), "over"),
    ],
)
async def test_wrong_dates_are_refused(kind: str, seen_on: date, key: str) -> None:
    here = await world()
    amina = await person("Amina")
    with pytest.raises(DomainError, match=key) as wrong:
        await enter(here, amina, kind, seen_on)
    assert wrong.value.field == "seen_on"
    assert await checks.of_person(amina.id) == []


async def test_a_certificate_of_another_carrier_or_activity_does_not_count() -> None:
    here = await world(checks=CERTIFICATE)
    amina, match = await interested(here, "Amina")
    await add_organisation(Organisation(id="jugend", region="kassel", name="Jugend"), "desk-kassel")
    await enter(here, amina, CERTIFICATE, organisation="jugend", key="a")
    await enter(here, amina, CERTIFICATE, activity="learning", key="b")
    assert await is_refused(here, match)
    assert (await look(here.anna, match, LATER)).checks == {CERTIFICATE: ()}


@pytest.mark.parametrize(("days", "counts"), [(0, True), (-1, False)])
async def test_a_certificate_must_still_count_on_the_day_of_the_shift(
    days: int, counts: bool
) -> None:
    # Today it counts in both cases; five years after it was seen comes the shift, or is just past.
    here = await world(checks=CERTIFICATE, held_on=SHIFT)
    amina, match = await interested(here, "Amina")
    seen_on = SHIFT.replace(year=SHIFT.year - 5) + timedelta(days=days)
    await enter(here, amina, CERTIFICATE, seen_on)
    if counts:
        assert await approve(here.anna, match, LATER) == "approved"
    else:
        assert await is_refused(here, match)


async def test_what_an_approval_rests_on_stays_until_the_right_entry_is_there() -> None:
    here = await world(checks="interview")
    amina, match = await interested(here, "Amina")
    wrong = await enter(here, amina, "interview", TODAY - timedelta(days=9), key="a")
    await approve(here.anna, match, LATER)
    with pytest.raises(DomainError, match=r"checks\.error\.in_use"):
        await take_back(here.anna, amina.id, wrong, LATER)
    right = await enter(here, amina, "interview", key="b")
    await take_back(here.anna, amina.id, wrong, LATER)
    assert [one.id for one in await checks.of_person(amina.id)] == [right]
    await undo(here.anna, match, LATER + 1)
    await take_back(here.anna, amina.id, right, LATER + 1)
    assert await is_refused(here, match)


async def test_a_yes_that_waits_in_line_rests_on_its_checks_too() -> None:
    here = await world(places=1, checks="interview")
    amina, first = await interested(here, "Amina")
    olena, second = await interested(here, "Olena", at=NOW + 1)
    for who in (amina, olena):
        await enter(here, who, "interview")
    assert await approve(here.anna, first, LATER) == "approved"
    assert await approve(here.anna, second, LATER) == "waitlisted"
    [hers] = await checks.of_person(olena.id)
    with pytest.raises(DomainError, match=r"checks\.error\.in_use"):
        await take_back(here.anna, olena.id, hers.id, LATER)


async def test_approving_and_taking_back_at_once_leaves_no_approval_without_its_check() -> None:
    here = await world(places=6, checks="interview")
    pairs = [await interested(here, f"Amina {number}") for number in range(6)]
    kept = [await enter(here, who, "interview") for who, _ in pairs]
    answers = await asyncio.gather(
        *(
            act
            for (who, match), check in zip(pairs, kept, strict=True)
            for act in (
                take_back(here.anna, who.id, check, LATER),
                approve(here.anna, match, LATER),
            )
        ),
        return_exceptions=True,
    )
    for place, (who, match) in enumerate(pairs):
        both = answers[2 * place : 2 * place + 2]
        assert sum(isinstance(one, DomainError) for one in both) == 1, both
        is_approved = await state(match) == "approved"
        assert is_approved == bool(await checks.of_person(who.id))


async def test_after_it_was_taken_back_nobody_is_approved() -> None:
    here = await world(checks="interview")
    amina, match = await interested(here, "Amina")
    await take_back(here.anna, amina.id, await enter(here, amina, "interview"), LATER)
    assert await is_refused(here, match)


async def test_nobody_is_approved_unseen_where_leyla_ticked_with_children() -> None:
    here = await world()
    home = here.leyla.organisations[0]
    draft = await draft_from_template(here.leyla, home, "festival_help", "key", NOW)
    # They have published before: nobody at the desk looks at it again.
    assert await acts.publish(here.leyla, draft, WITH_CHILDREN, "key", NOW, TODAY) == "open"
    opening = (await openings.coming(draft, NOW))[0].id
    match = await say_yes(await person("Amina"), draft, opening, YES, NOW, TODAY)
    with pytest.raises(DomainError, match=r"matches\.error\.checks"):
        await approve(here.anna, match, LATER)


async def test_a_certificate_counts_for_nothing_it_was_not_shown_for() -> None:
    here = await world(checks=CERTIFICATE, with_children=True, age_bands="adult")
    await Posting.update(
        {Posting.template: "", Posting.title: "Kinder", Posting.kind: "event"}
    ).where(Posting.id == here.posting)
    amina, match = await interested(here, "Amina")
    await enter(here, amina, CERTIFICATE)
    assert await approve(here.anna, match, LATER) == "approved"
    said = msgspec.structs.replace(WITH_CHILDREN, title="Kinder")
    with pytest.raises(DomainError, match="activity_stays"):
        sport = msgspec.structs.replace(said, activity="sport")
        await acts.revise(here.leyla, here.posting, sport, LATER, TODAY)
    same = msgspec.structs.replace(said, activity="cooking", text="Mit Kindern")
    await acts.revise(here.leyla, here.posting, same, LATER, TODAY)
