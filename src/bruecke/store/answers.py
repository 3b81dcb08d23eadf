"""What a person adds when it says yes: a consent, a language, its age band."""

from bruecke.store.ids import new_id
from bruecke.store.tables import Consent, Person, PersonLanguage


async def lock(person: str) -> None:
    """Lets nobody else answer for this person until the running transaction ends."""
    await Person.raw("UPDATE person SET seen_at = seen_at WHERE id = {}", person)


async def agree_once(person: str, text: str, version: str, language: str, now: int) -> bool:
    """Keeps a consent unless one for this text stands; whether it is new."""
    stands = (Consent.person == person) & (Consent.text == text) & (Consent.withdrawn_at == 0)
    if await Consent.exists().where(stands):
        return False
    await Consent.insert(
        Consent(person=person, text=text, version=version, language=language, given_at=now)
    )
    return True


async def take_back(person: str, organisation: str, text: str, given_at: int, now: int) -> None:
    """Ends the consent given at `given_at`, unless another yes to the organisation rests on it."""
    await Consent.raw(
        "UPDATE consent SET withdrawn_at = {} WHERE person = {} AND text = {} AND given_at = {}"
        " AND NOT EXISTS (SELECT 1 FROM match m JOIN posting p ON p.id = m.posting"
        " WHERE m.person = {} AND p.organisation = {} AND m.state NOT IN ('suggested', 'closed'))",
        now,
        person,
        text,
        given_at,
        person,
        organisation,
    )


async def tell_language(person: str, language: str, level: int) -> None:
    """One language at one level (1-6); what was said of others stays."""
    await PersonLanguage.raw(
        "INSERT INTO person_language (id, person, language, level) VALUES ({}, {}, {}, {})"
        " ON CONFLICT (person, language) DO UPDATE SET level = {} RETURNING id",
        new_id(),
        person,
        language,
        level,
        level,
    )


async def tell_adult(person: str) -> None:
    """Somebody nobody asked says that it is an adult; another answer is not overwritten."""
    await Person.update({Person.age_band: "adult"}).where(
        (Person.id == person) & (Person.age_band == "")
    )
