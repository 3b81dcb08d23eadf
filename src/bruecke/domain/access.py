"""Who is asking, and what each role may do: the one table of permissions."""

from typing import Literal

import msgspec

Role = Literal["representative", "coordinator", "adviser", "observer", "admin"]

DESK_ROLES: frozenset[str] = frozenset({"coordinator", "adviser", "observer", "admin"})
# A mailed code proves a mailbox, not a person: ASVS 5.0, 6.3.3 asks for more where others' data is.
STRONG_METHODS: frozenset[str] = frozenset({"passkey", "demo"})


class Seat(msgspec.Struct, frozen=True):
    """One membership as permissions see it; `waiting` counts the decisions that wait for it."""

    role: str
    organisation: str = ""
    region: str = ""
    waiting: int = 0


class Actor(msgspec.Struct, frozen=True):
    """The person behind a request, and how the device proved it."""

    id: str
    name: str
    region: str
    reading_language: str
    method: str
    login: str
    shared_phone: bool = False
    seats: tuple[Seat, ...] = ()
    unread: int = 0
    offered: int = 0

    @property
    def is_strong(self) -> bool:
        """Whether this login may see the data of others."""
        return self.method in STRONG_METHODS

    @property
    def organisations(self) -> tuple[str, ...]:
        """Organisations this person speaks for."""
        return tuple(seat.organisation for seat in self.seats if seat.role == "representative")

    @property
    def desk_regions(self) -> tuple[str, ...]:
        """Regions this login may decide in: none, as long as no passkey opened it."""
        if not self.is_strong:
            return ()
        return tuple(seat.region for seat in self.seats if seat.role == "coordinator")

    @property
    def coordinates(self) -> bool:
        """Whether this person has a seat at a desk, however it signed in."""
        return any(seat.role == "coordinator" for seat in self.seats)

    @property
    def has_desk_role(self) -> bool:
        """Whether any seat is one that only a passkey opens."""
        return any(seat.role in DESK_ROLES for seat in self.seats)


class Scope(msgspec.Struct, frozen=True):
    """Who asks for which region: the first argument of every read.

    `further` are more regions of one who decides for several.
    """

    region: str = ""
    person: str = ""
    organisations: tuple[str, ...] = ()
    further: tuple[str, ...] = ()

    @property
    def regions(self) -> tuple[str, ...]:
        """All regions asked for."""
        return (self.region, *self.further)


Policy = Literal["public", "signed_in", "representative", "desk", "admin", "demo"]


def may_enter(policy: str, actor: Actor | None) -> Literal["yes", "sign_in", "passkey", "no"]:
    """What a route's policy says to this reader.

    "sign_in" and "passkey" name the way in; "no" is answered like an address that does not exist.
    """
    if policy in ("public", "demo"):
        return "yes"
    if actor is None:
        return "sign_in"
    if policy == "signed_in":
        return "yes"
    if policy == "representative":
        return "yes" if actor.organisations else "no"
    role = {"desk": "coordinator", "admin": "admin"}.get(policy)
    if role is None or all(seat.role != role for seat in actor.seats):
        return "no"
    return "yes" if actor.is_strong else "passkey"


def scope_of(actor: Actor | None, region: str = "") -> Scope:
    """What `actor` may ask for; visitors ask for the public part of `region`."""
    if actor is None:
        return Scope(region=region)
    return Scope(region or actor.region, actor.id, actor.organisations)
