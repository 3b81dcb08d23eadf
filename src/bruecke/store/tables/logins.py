"""How a device proves who holds it. Secrets are kept as hashes only."""

from piccolo.columns import BigInt, Boolean, Integer, Text, Varchar
from piccolo.table import Table

from bruecke.store.tables.columns import code, id_column, instant, link, owner
from bruecke.store.tables.organisations import Organisation
from bruecke.store.tables.people import Person
from bruecke.store.tables.regions import Region


class Login(Table):
    """One signed-in device. `id` is the hash of the cookie, so a stolen table opens nothing."""

    id = Varchar(length=64, primary_key=True, default="")
    person = owner(Person)
    method = code()
    shared_phone = Boolean(default=False)
    device = Varchar(length=60, default="")
    created_at = instant()
    seen_at = instant()
    expires_at = instant(index=True)


class SignInCode(Table):
    """A mailed six-digit code: keyed hash, bound to the browser that asked, five tries."""

    id = id_column()
    address_hash = Varchar(length=64, default="", index=True)
    browser_hash = Varchar(length=64, default="", index=True)
    code_hash = Varchar(length=64, default="")
    person = link(Person)
    tries = Integer(default=0)
    created_at = instant()
    expires_at = instant()
    used_at = instant()


class HandOverCode(Table):
    """A QR or long code the desk hands to a person: once, within 24 hours."""

    id = Varchar(length=64, primary_key=True, default="")
    person = owner(Person)
    issued_by = link(Person)
    purpose = code()
    created_at = instant()
    expires_at = instant()
    used_at = instant()


class Passkey(Table):
    """A WebAuthn credential with user verification."""

    id = Varchar(length=400, primary_key=True, default="")
    person = owner(Person)
    public_key = Text(default="")
    sign_count = BigInt(default=0)
    name = Varchar(length=60, default="")
    created_at = instant()
    used_at = instant()


class PasskeyChallenge(Table):
    """A challenge in flight, bound to the browser that asked."""

    id = Varchar(length=64, primary_key=True, default="")
    challenge = Text(default="")
    person = link(Person)
    expires_at = instant()


class Invite(Table):
    """A link that lets somebody in: second representative, hand-over, coordinator."""

    id = Varchar(length=64, primary_key=True, default="")
    organisation = link(Organisation, index=True)
    region = link(Region)
    role = code()
    hand_over = Boolean(default=False)
    invited_by = link(Person)
    uses_left = Integer(default=1)
    created_at = instant()
    expires_at = instant()
    revoked_at = instant()
