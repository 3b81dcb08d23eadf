"""What matches of any reader are shown with: postings, dates, names, contacts, read once a list."""

from typing import Any

import msgspec

from bruecke.domain.matching.reasons import Reason
from bruecke.domain.posting import Posting as PostingView
from bruecke.domain.views.matches import OpenContact
from bruecke.store.matches.due import begins
from bruecke.store.matches.records import postings_of
from bruecke.store.tables import Organisation, Person, Shift

_REASONS = msgspec.json.Decoder(tuple[Reason, ...])


class Gathered(msgspec.Struct, frozen=True):
    """Everything around some matches, by id; only the caller knows who may see which part."""

    postings: dict[str, PostingView]
    shifts: dict[str, dict[str, Any]]
    people: dict[str, dict[str, Any]]
    organisations: dict[str, tuple[str, str, str]]

    def shared(self, row: dict[str, Any], state: str, side: str, now: int) -> dict[str, Any]:
        """The fields every audience has."""
        own = str(row["last_move"] or "").startswith(f"{side} ")
        return {
            "id": row["id"],
            "state": state,
            "posting": self._dated(row),
            "task": row["task"],
            "reasons": _REASONS.decode(row["reasons"]) if row["reasons"] else (),
            "closed_reason": _why(row["closed_reason"], side) if state == "closed" else "",
            "calls": row["calls"],
            "party_size": row["party_size"],
            "moved_at": row["moved_at"],
            "by_policy": row["by_policy"],
            "may_undo_until": row["visible_from_at"] if own else 0,
        }

    def _dated(self, row: dict[str, Any]) -> PostingView:
        posting, shift = self.postings[row["posting"]], self.shifts.get(row["shift"])
        if shift is None:
            return posting
        return msgspec.structs.replace(
            posting,
            next_on=shift["held_on"],
            starts_time=shift["starts"],
            ends_time=shift["ends"],
            places=row["capacity"],
            taken=row["taken"],
        )

    def begins(self, row: dict[str, Any]) -> int | None:
        """When the match's own date begins, None without one."""
        shift = self.shifts.get(row["shift"])
        return begins(shift) if shift and shift["held_on"] else None

    def name(self, row: dict[str, Any]) -> str:
        """The volunteer's display name."""
        return str(self.people.get(row["person"], {}).get("name", ""))

    def volunteer_contact(self, row: dict[str, Any]) -> OpenContact:
        """How to reach the volunteer."""
        return _contact(self.people.get(row["person"], {"name": ""}))

    def organisation_contact(self, row: dict[str, Any]) -> OpenContact:
        """The posting's contact person, or what the organisation publishes."""
        person = self.people.get(row["contact"])
        return _contact(person) if person else self.public_contact(row)

    def public_contact(self, row: dict[str, Any]) -> OpenContact:
        """What the organisation itself publishes, never a number of one of its people."""
        name, phone, email = self.organisations.get(row["organisation"], ("", "", ""))
        return OpenContact(name=name, phone=phone, email=email, is_person=False)

    def public_phone(self, row: dict[str, Any]) -> str:
        """The number the organisation publishes."""
        return self.organisations.get(row["organisation"], ("", "", ""))[1]


async def gather(found: list[dict[str, Any]]) -> Gathered:
    """Reads what belongs to these match rows, each table once."""
    people = {row["person"] for row in found} | {row["contact"] for row in found}
    return Gathered(
        await postings_of(sorted({row["posting"] for row in found})),
        await _shifts(sorted({row["shift"] for row in found if row["shift"]})),
        await _people(sorted(one for one in people if one)),
        await _public_contacts(sorted({row["organisation"] for row in found})),
    )


async def _public_contacts(organisations: list[str]) -> dict[str, tuple[str, str, str]]:
    """Name, public phone and public mail of organisations."""
    if not organisations:
        return {}
    found = await Organisation.select(
        Organisation.id, Organisation.name, Organisation.public_phone, Organisation.public_email
    ).where(Organisation.id.is_in(organisations))
    return {row["id"]: (row["name"], row["public_phone"], row["public_email"]) for row in found}


async def _shifts(ids: list[str]) -> dict[str, dict[str, Any]]:
    if not ids:
        return {}
    found = await Shift.select(Shift.id, Shift.held_on, Shift.starts, Shift.ends, Shift.zone).where(
        Shift.id.is_in(ids)
    )
    return {row["id"]: row for row in found}


async def _people(ids: list[str]) -> dict[str, dict[str, Any]]:
    if not ids:
        return {}
    found = await Person.select(
        Person.id,
        Person.name,
        Person.phone,
        Person.email,
        Person.phone_confirmed_at,
        Person.email_confirmed_at,
    ).where(Person.id.is_in(ids))
    return {row["id"]: row for row in found}


def _why(reason: str, side: str) -> str:
    """Why it ended; of a block only the desk reads that it is not possible."""
    return "" if reason == "blocked" and side != "desk" else reason


def _contact(person: dict[str, Any]) -> OpenContact:
    return OpenContact(
        name=person["name"],
        phone=person.get("phone", ""),
        email=person.get("email", ""),
        phone_confirmed=bool(person.get("phone_confirmed_at")),
        email_confirmed=bool(person.get("email_confirmed_at")),
    )
