"""Associations come in unseen, their own desk decides once, drafts stay in the house."""

import asyncio

import msgspec
import pytest

from bruecke.actions.accounts import Device
from bruecke.actions.drafts import draft_from_template
from bruecke.actions.logins import end_all, recognise
from bruecke.actions.organisations import (
    Registration,
    refuse,
    register,
    verify,
)
from bruecke.actions.team import leave
from bruecke.clock import now
from bruecke.domain.access import Actor, Scope, Seat
from bruecke.domain.contact import Contact
from bruecke.domain.errors import DomainError, NotThere, SentDifferently
from bruecke.reference.templates import templates
from bruecke.store import organisations, people
from bruecke.store.tables import Membership, Opening, Organisation, Person, Posting
from bruecke.store.transaction import transaction
from tests.support.web import plant_person, plant_region

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]

LEYLA = Registration(
    region="kassel",
    organisation="Roj Kulturhaus e.V.",
    stage="registered",
    reading_language="de",
    name="Leyla",
    contact=Contact("phone", "+491713920011"),
)
PHONE = Device(name="Android", network="192.0.2.7")


def acting(person: str, *seats: Seat, region: str = "kassel") -> Actor:
    """Somebody with exactly these seats."""
    return Actor(person, "Somebody", region, "de", "passkey", "login", seats=seats)


async def leyla(key: str = "key-1") -> tuple[Actor, str]:
    """Leyla, signed in, and her new organisation."""
    await plant_region()
    made, secret = await register(None, LEYLA, PHONE, key, "body", now())
    actor = await recognise(secret, now())
    assert actor
    return actor, made


async def anna() -> Actor:
    return acting(await plant_person("Anna Berger"), Seat("coordinator", region="kassel"))


async def test_a_visitor_registers_and_speaks_for_the_organisation() -> None:
    actor, made = await leyla()
    assert actor.organisations == (made,)
    person = await Person.select().first()
    assert person and person["phone"] == "+491713920011" and person["age_band"] == "adult"


async def test_a_new_organisation_is_in_no_list_and_hidden_from_others() -> None:
    actor, made = await leyla()
    assert await organisations.listed(Scope("kassel")) == []
    assert await organisations.get(Scope("kassel"), made) is None
    assert await organisations.for_desk(Scope("dortmund"), made) is None
    assert await organisations.get(Scope(organisations=actor.organisations), made)


async def test_the_same_form_sent_twice_registers_once_and_signs_in_again() -> None:
    _, made = await leyla()
    again, secret = await register(None, LEYLA, PHONE, "key-1", "body", now())
    assert again == made and await recognise(secret, now())
    assert await Organisation.count() == 1
    assert await Person.count() == 1
    with pytest.raises(SentDifferently):
        await register(None, LEYLA, PHONE, "key-1", "another body", now())


async def test_a_form_from_before_the_login_ended_opens_nothing() -> None:
    actor, _ = await leyla()
    async with transaction():
        await end_all(actor.id, now())
    with pytest.raises(DomainError):
        await register(None, LEYLA, PHONE, "key-1", "body", now())
    assert await Organisation.count() == 1


async def test_an_unknown_stage_or_region_is_refused() -> None:
    await plant_region()
    for change in ({"stage": "club"}, {"region": "atlantis"}):
        with pytest.raises(DomainError):
            wrong = msgspec.structs.replace(LEYLA, **change)
            await register(None, wrong, PHONE, "key-1", "body", now())


async def test_somebody_signed_in_registers_without_a_second_person() -> None:
    await plant_region()
    actor = acting(await plant_person("Samuel"))
    mine = msgspec.structs.replace(LEYLA, name="", contact=None)
    made, secret = await register(actor, mine, PHONE, "key-2", "body", now())
    assert (made, "") == await register(actor, mine, PHONE, "key-2", "body", now())
    assert secret == "" and await people.speaks_for(actor.id) == [made]
    assert await Person.count() == 1


async def test_a_verified_organisation_is_public() -> None:
    _, made = await leyla()
    await verify(await anna(), made, now())
    assert [one.id for one in await organisations.listed(Scope("kassel"))] == [made]


async def test_two_desks_deciding_at_once_have_one_winner() -> None:
    _, made = await leyla()
    one, other = await anna(), await anna()
    answers = await asyncio.gather(
        verify(one, made, now()),
        refuse(other, made, "purpose", now()),
        return_exceptions=True,
    )
    assert sorted(answer is None for answer in answers) == [False, True]
    assert any(isinstance(answer, DomainError) for answer in answers)
    row = await Organisation.select().first()
    assert row and bool(row["verified_at"]) != bool(row["refused_at"])


async def test_only_the_desk_of_its_region_decides() -> None:
    _, made = await leyla()
    stranger = acting(await plant_person("Kerstin"), Seat("coordinator", region="dortmund"))
    for act in (verify(stranger, made, now()), refuse(stranger, made, "place", now())):
        with pytest.raises(NotThere):
            await act
    with pytest.raises(NotThere):
        await verify(await anna(), "does-not-exist", now())


async def test_nobody_decides_on_an_own_organisation() -> None:
    actor, made = await leyla()
    both = acting(
        actor.id, Seat("coordinator", region="kassel"), Seat("representative", organisation=made)
    )
    with pytest.raises(DomainError):
        await verify(both, made, now())


async def test_a_refusal_needs_a_reason_from_the_published_list() -> None:
    _, made = await leyla()
    for reason in ("", "because"):
        with pytest.raises(DomainError):
            await refuse(await anna(), made, reason, now())
    await refuse(await anna(), made, "paid_work", now())
    row = await Organisation.select().first()
    assert row and row["refusal"] == "paid_work" and not row["verified_at"]


async def test_a_template_becomes_one_complete_draft() -> None:
    actor, made = await leyla()
    for template in templates():
        first = await draft_from_template(actor, made, template.code, "key", now())
        assert first == await draft_from_template(actor, made, template.code, "key", now())
    drafts = await Posting.select()
    assert len(drafts) == len(templates())
    assert {row["state"] for row in drafts} == {"draft"}
    lesson = next(row for row in drafts if row["template"] == "homework_help")
    # Tuesday and Thursday afternoon: bits 1*4+2 and 3*4+2.
    assert lesson["slots"] == 1 << 6 | 1 << 14
    assert lesson["german_level"] == 2 and lesson["contact"] == actor.id
    opening = await Opening.select().where(Opening.posting == lesson["id"])
    assert [one["capacity"] for one in opening] == [2]


async def test_nobody_drafts_for_others_or_after_a_refusal() -> None:
    actor, made = await leyla()
    with pytest.raises(NotThere):
        await draft_from_template(await anna(), made, "lunch_table", "key", now())
    with pytest.raises(DomainError):
        await draft_from_template(actor, made, "no_such_template", "key", now())
    await refuse(await anna(), made, "place", now())
    with pytest.raises(DomainError):
        await draft_from_template(actor, made, "lunch_table", "key", now())
    assert await Posting.count() == 0


async def test_the_last_representative_cannot_leave() -> None:
    actor, made = await leyla()
    with pytest.raises(DomainError):
        await leave(actor, made, now())
    assert await people.speaks_for(actor.id) == [made]


async def test_of_two_who_leave_at_once_one_stays_with_the_postings() -> None:
    actor, made = await leyla()
    azad = acting(
        await plant_person("Azad", role="representative", organisation=made),
        Seat("representative", organisation=made),
    )
    await draft_from_template(actor, made, "lunch_table", "key", now())
    answers = await asyncio.gather(
        leave(actor, made, now()), leave(azad, made, now()), return_exceptions=True
    )
    assert sorted(answer is None for answer in answers) == [False, True]
    left = await people.team(made)
    posting = await Posting.select().first()
    assert len(left) == 1 and posting and posting["contact"] == left[0].id
    assert await Membership.count().where(Membership.ended_at > 0) == 1
