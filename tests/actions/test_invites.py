"""A link lets one person in, once, for fourteen days; a hand-over closes the door behind."""

import asyncio

import pytest

from bruecke.actions.accounts import Device
from bruecke.actions.drafts import draft_from_template
from bruecke.actions.invites import (
    Accepted,
    Newcomer,
    accept,
    invite_representative,
    invite_to_desk,
    look_at,
    revoke,
)
from bruecke.actions.logins import recognise
from bruecke.actions.team import leave
from bruecke.clock import now
from bruecke.domain.contact import Contact
from bruecke.domain.errors import DomainError, NotThere
from bruecke.domain.sign_in import DESK_LIFE, INVITE_LIFE
from bruecke.keys import keyed_hash
from bruecke.store import people
from bruecke.store.tables import Invite, Login, Person, Posting
from tests.actions.test_organisations import leyla
from tests.support.web import plant_region

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]

PHONE = Device(name="Android", network="192.0.2.8")
AZAD = Newcomer(name="Azad", contact=Contact("phone", "+491713920012"), reading_language="de")


async def come_in(
    secret: str, who: Newcomer | None = AZAD, key: str = "k", at: int = 0
) -> Accepted:
    """A visitor presses the button."""
    return await accept(None, secret, who, PHONE, key, "body", at or now())


async def test_a_second_representative_comes_in_by_a_link() -> None:
    actor, made = await leyla()
    secret = await invite_representative(actor, made, False, "form", now())
    opened = await look_at(secret, now())
    assert opened and opened.place == "Roj Kulturhaus e.V." and opened.invited_by == "Leyla"
    done = await come_in(secret)
    azad = await recognise(done.secret, now())
    assert azad and azad.organisations == (made,)
    assert {one.name for one in await people.team(made)} == {"Leyla", "Azad"}


async def test_only_the_hash_of_a_link_is_kept() -> None:
    actor, made = await leyla()
    secret = await invite_representative(actor, made, False, "form", now())
    assert secret not in str(await Invite.select())
    assert (await Invite.select())[0]["id"] == keyed_hash("invite", secret)


async def test_the_invite_form_sent_twice_makes_one_link() -> None:
    actor, made = await leyla()
    first = await invite_representative(actor, made, False, "form", now())
    assert first == await invite_representative(actor, made, False, "form", now())
    assert await Invite.count() == 1


async def test_used_old_revoked_and_unknown_links_are_all_not_there() -> None:
    actor, made = await leyla()
    used = await invite_representative(actor, made, False, "one", now())
    await come_in(used)
    revoked = await invite_representative(actor, made, False, "two", now())
    await revoke(actor, made, now())
    old = await invite_representative(actor, made, False, "three", now() - INVITE_LIFE)
    for number, secret in enumerate((used, revoked, old, "never-made")):
        assert await look_at(secret, now()) is None
        with pytest.raises(NotThere):
            await come_in(secret, key=f"later-{number}")
    assert await Person.count() == 2


async def test_the_accept_form_sent_twice_joins_once() -> None:
    actor, made = await leyla()
    secret = await invite_representative(actor, made, False, "form", now())
    first, second = await come_in(secret), await come_in(secret)
    assert first.organisation == second.organisation == made
    one, other = await recognise(first.secret, now()), await recognise(second.secret, now())
    assert one and other and one.id == other.id
    assert await Person.count() == 2


async def test_two_people_with_one_link_have_one_winner() -> None:
    actor, made = await leyla()
    secret = await invite_representative(actor, made, False, "form", now())
    answers = await asyncio.gather(
        come_in(secret, key="a"), come_in(secret, key="b"), return_exceptions=True
    )
    assert sorted(isinstance(answer, NotThere) for answer in answers) == [False, True]
    assert len(await people.team(made)) == 2


async def test_a_hand_over_ends_the_old_seat_and_keeps_the_postings() -> None:
    actor, made = await leyla()
    posting = await draft_from_template(actor, made, "lunch_table", "key", now())
    secret = await invite_representative(actor, made, True, "form", now())
    assert await people.speaks_for(actor.id) == [made]
    done = await come_in(secret)
    azad = await recognise(done.secret, now())
    assert azad and [one.id for one in await people.team(made)] == [azad.id]
    assert await people.speaks_for(actor.id) == []
    row = await Posting.select().where(Posting.id == posting).first()
    assert row and row["contact"] == azad.id and row["organisation"] == made


async def test_somebody_already_in_the_team_can_take_over() -> None:
    actor, made = await leyla()
    first = await come_in(await invite_representative(actor, made, False, "one", now()))
    azad = await recognise(first.secret, now())
    assert azad
    secret = await invite_representative(actor, made, True, "two", now())
    await accept(azad, secret, None, PHONE, "k2", "body", now())
    assert [one.id for one in await people.team(made)] == [azad.id]


async def test_nobody_accepts_an_own_link() -> None:
    actor, made = await leyla()
    secret = await invite_representative(actor, made, True, "form", now())
    with pytest.raises(DomainError):
        await accept(actor, secret, None, PHONE, "k", "body", now())
    assert await people.speaks_for(actor.id) == [made]


async def test_links_of_somebody_who_left_open_nothing() -> None:
    actor, made = await leyla()
    await come_in(await invite_representative(actor, made, False, "one", now()))
    secret = await invite_representative(actor, made, False, "two", now())
    await leave(actor, made, now())
    assert await look_at(secret, now()) is None


async def test_an_invite_to_the_desk_opens_a_short_login_that_is_not_strong() -> None:
    await plant_region()
    secret = await invite_to_desk("Anna@example.org", "kassel", "coordinator", now())
    assert "example.org" not in str(await Invite.select())
    done = await come_in(secret, Newcomer(name="Anna Berger", reading_language="de"))
    login = await Login.select().first()
    assert login and login["method"] == "invited"
    assert login["expires_at"] - login["created_at"] == DESK_LIFE
    anna = await recognise(done.secret, now())
    assert anna and anna.coordinates and anna.desk_regions == () and not anna.is_strong
    person = await Person.select().first()
    assert person and person["email"] == "anna@example.org" and not person["email_confirmed_at"]


async def test_an_admin_needs_no_region_but_a_mail_address() -> None:
    await plant_region()
    secret = await invite_to_desk("jonas@example.org", "", "admin", now())
    await come_in(secret, Newcomer(name="Jonas", reading_language="de"))
    for email, region, role in (
        ("0171 3920012", "kassel", "admin"),
        ("jonas@example.org", "atlantis", "admin"),
        ("jonas@example.org", "kassel", "representative"),
    ):
        with pytest.raises(DomainError):
            await invite_to_desk(email, region, role, now())
