"""Who may add a passkey, and how long a device has for it."""

from bruecke.domain.access import Actor
from bruecke.domain.errors import DomainError
from bruecke.domain.sign_in import MINUTE

CHALLENGE_LIFE = 5 * MINUTE
NAME_LENGTH = 60
# As wide as the column; the standard allows more, no authenticator in use comes near it.
CREDENTIAL_LENGTH = 400

# The login behind the link that the administration hands to a new coordinator in person.
INVITED = "invited"


def may_enrol(actor: Actor) -> bool:
    """Whether this login may add or remove a passkey of its person.

    A passkey opens the desk. Where the person has a desk role, a mailed code must not be enough to
    make one, or the mailbox would open the desk after all (ASVS 5.0, 6.3.3 and 7.5.1).
    """
    return not actor.has_desk_role or actor.is_strong or actor.method == INVITED


def assert_may_enrol(actor: Actor) -> None:
    """Raises DomainError("passkeys.error.weak") unless `may_enrol`."""
    if not may_enrol(actor):
        raise DomainError("passkeys.error.weak")


def short_name(typed: str) -> str:
    """What a person calls its passkey, in one line of at most 60 characters; may be empty."""
    return " ".join(typed.split())[:NAME_LENGTH].rstrip()
