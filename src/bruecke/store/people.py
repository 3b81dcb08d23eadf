"""Persons, their languages and what they agreed to."""

from typing import Any

from piccolo.columns import Column

from bruecke.domain.access import Scope
from bruecke.domain.person import Person as PersonView
from bruecke.domain.person import SpokenLanguage
from bruecke.store import rows
from bruecke.store.ids import new_id
from bruecke.store.tables import Consent, Membership, Person, PersonLanguage


async def add(person: PersonView, desk: str | None, source: str, now: int) -> None:
    """A new person as somebody joined; `source` is the poster it came by."""
    await Person.insert(
        Person(
            id=person.id,
            region=person.region,
            desk=desk,
            name=person.name,
            reading_language=person.reading_language,
            phone=person.phone,
            email=person.email,
            email_confirmed_at=person.email_confirmed_at,
            age_band=person.age_band,
            postcode=person.postcode,
            languages_told_at=person.languages_told_at,
            source=source[:40],
            created_at=now,
            seen_at=now,
        )
    )


async def me(scope: Scope) -> PersonView | None:
    """The asking person itself."""
    found = await Person.select(*rows.columns(Person, PersonView)).where(Person.id == scope.person)
    return rows.first(found, PersonView)


async def in_region(scope: Scope, person: str) -> PersonView | None:
    """A person of the asking desk's region, None for any other."""
    found = await Person.select(*rows.columns(Person, PersonView)).where(
        (Person.id == person) & (Person.region == scope.region)
    )
    return rows.first(found, PersonView)


async def newest(scope: Scope, limit: int = 30) -> list[PersonView]:
    """The persons of the desk's region who joined last."""
    found = (
        await Person.select(*rows.columns(Person, PersonView))
        .where(Person.region == scope.region)
        .order_by(Person.created_at, ascending=False)
        .limit(limit)
    )
    return rows.structs(found, PersonView)


_LIKE = "LOWER(name) LIKE LOWER({}) ESCAPE '!'"


def _escaped(part: str) -> str:
    return part.replace("!", "!!").replace("%", "!%").replace("_", "!_")


async def named(scope: Scope, part: str, limit: int = 30) -> list[PersonView]:
    """Persons of the desk's region whose name holds `part`; % and _ are plain characters."""
    # SQLite folds ASCII letters only, so the usual spellings are asked for by name.
    spellings = dict.fromkeys((part.lower(), part.upper(), part.title(), part))
    found = await Person.raw(
        "SELECT id, region, name, reading_language, phone, email, created_at FROM person"
        f" WHERE region = {{}} AND ({' OR '.join([_LIKE] * len(spellings))})"
        " ORDER BY created_at DESC LIMIT {}",
        scope.region,
        *(f"%{_escaped(spelling)}%" for spelling in spellings),
        limit,
    )
    return rows.structs(found, PersonView)


async def who_owns(email: str) -> str | None:
    """The person a mailed code for this address signs in: confirmed first, else the oldest.

    A code proves the mailbox, so an address nobody confirmed yet is confirmed by its use.
    """
    found = (
        await Person.select(Person.id)
        .where(Person.email == email)
        .order_by(Person.email_confirmed_at, ascending=False)
        .order_by(Person.created_at)
        .limit(1)
    )
    return str(found[0]["id"]) if found else None


async def update(person: str, **columns: Any) -> bool:
    """Sets columns of one person; whether it was there."""
    values: dict[Column | str, Any] = dict(columns.items())
    found = await Person.update(values).where(Person.id == person).returning(Person.id)
    return bool(found)


async def languages(person: str) -> list[SpokenLanguage]:
    """The languages a person can help in."""
    found = await PersonLanguage.select(PersonLanguage.language, PersonLanguage.level).where(
        PersonLanguage.person == person
    )
    return [SpokenLanguage(row["language"], row["level"]) for row in found]


async def set_languages(person: str, spoken: list[SpokenLanguage], now: int) -> None:
    """Replaces the languages of a person; an empty list is an answer too."""
    await PersonLanguage.delete().where(PersonLanguage.person == person)
    if spoken:
        await PersonLanguage.insert(
            *(PersonLanguage(person=person, language=one.tag, level=one.level) for one in spoken)
        )
    await Person.update({Person.languages_told_at: now}).where(Person.id == person)


async def consent(person: str, text: str, version: str, language: str, now: int) -> None:
    """A person agreed to a text, in the language it was shown in."""
    await Consent.insert(
        Consent(
            id=new_id(), person=person, text=text, version=version, language=language, given_at=now
        )
    )


async def add_membership(
    person: str, role: str, now: int, organisation: str | None = None, region: str | None = None
) -> None:
    """A seat for a person; having it already is no error."""
    where = (Membership.person == person) & (Membership.role == role) & (Membership.ended_at == 0)
    where = where & (
        Membership.organisation == organisation if organisation else Membership.region == region
    )
    if not await Membership.exists().where(where):
        await Membership.insert(
            Membership(
                person=person, role=role, organisation=organisation, region=region, created_at=now
            )
        )


async def end_membership(person: str, organisation: str, now: int) -> bool:
    """Takes a representative's seat; whether there was one."""
    found = (
        await Membership.update({Membership.ended_at: now})
        .where(
            (Membership.person == person)
            & (Membership.organisation == organisation)
            & (Membership.ended_at == 0)
        )
        .returning(Membership.id)
    )
    return bool(found)


async def team(organisation: str) -> list[PersonView]:
    """The representatives of an organisation, the oldest first."""
    found = (
        await Membership.select(
            Membership.person.id.as_alias("id"),
            Membership.person.region.as_alias("region"),
            Membership.person.name.as_alias("name"),
        )
        .where((Membership.organisation == organisation) & (Membership.ended_at == 0))
        .order_by(Membership.created_at)
    )
    return rows.structs(found, PersonView)


async def roles(person: str) -> list[str]:
    """The roles a person holds now."""
    found = await Membership.select(Membership.role).where(
        (Membership.person == person) & (Membership.ended_at == 0)
    )
    return [row["role"] for row in found]


async def speaks_for(person: str) -> list[str]:
    """The organisations a person represents now, the newest last."""
    found = (
        await Membership.select(Membership.organisation)
        .where(
            (Membership.person == person)
            & (Membership.role == "representative")
            & (Membership.ended_at == 0)
        )
        .order_by(Membership.created_at)
    )
    return [row["organisation"] for row in found]


async def contacts_of_teams(scope: Scope, organisations: list[str]) -> dict[str, list[PersonView]]:
    """Whom the desk of a region can call about its organisations, by organisation."""
    if not organisations:
        return {}
    found = await Membership.select(
        Membership.organisation.as_alias("organisation_id"),
        Membership.person.id.as_alias("id"),
        Membership.person.region.as_alias("region"),
        Membership.person.name.as_alias("name"),
        Membership.person.phone.as_alias("phone"),
        Membership.person.email.as_alias("email"),
        Membership.person.reading_language.as_alias("reading_language"),
    ).where(
        Membership.organisation.is_in(organisations)
        & (Membership.organisation.region == scope.region)
        & (Membership.ended_at == 0)
    )
    teams: dict[str, list[PersonView]] = {}
    for row in found:
        teams.setdefault(row.pop("organisation_id"), []).append(rows.struct(row, PersonView))
    return teams


async def count_joined_since(scope: Scope, since: int) -> int:
    """How many persons of the desk's region came since `since` (UTC seconds)."""
    return int(
        await Person.count().where((Person.region == scope.region) & (Person.created_at >= since))
    )


async def at_desks(people: list[str]) -> set[str]:
    """Those of `people` who hold a seat other than a representative's."""
    if not people:
        return set()
    found = await Membership.select(Membership.person).where(
        Membership.person.is_in(people)
        & (Membership.role != "representative")
        & (Membership.ended_at == 0)
    )
    return {row["person"] for row in found}
