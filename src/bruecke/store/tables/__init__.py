"""The whole schema at a glance, by noun."""

from bruecke.store.tables.history import HistoryEntry
from bruecke.store.tables.imports import ImportBatch
from bruecke.store.tables.infrastructure import Fact, IdempotencyKey, JobRun, RateBucket
from bruecke.store.tables.logins import (
    HandOverCode,
    Invite,
    Login,
    Passkey,
    PasskeyChallenge,
    SignInCode,
)
from bruecke.store.tables.matches import Match
from bruecke.store.tables.notifications import Delivery
from bruecke.store.tables.offers import Offer
from bruecke.store.tables.organisations import Organisation
from bruecke.store.tables.people import Consent, Membership, Person, PersonLanguage
from bruecke.store.tables.postings import ImportedPosting, Opening, Posting, Shift
from bruecke.store.tables.regions import Desk, Region

TABLES = [
    Region, Desk, ImportBatch, Organisation, Person, PersonLanguage, Membership, Consent, Offer,
    Posting, Shift, Opening, ImportedPosting, Match, Login, SignInCode, HandOverCode, Passkey,
    PasskeyChallenge, Invite, Delivery, HistoryEntry, IdempotencyKey, RateBucket, JobRun, Fact,
]  # fmt: skip

__all__ = [
    "TABLES",
    "Consent",
    "Delivery",
    "Desk",
    "Fact",
    "HandOverCode",
    "HistoryEntry",
    "IdempotencyKey",
    "ImportBatch",
    "ImportedPosting",
    "Invite",
    "JobRun",
    "Login",
    "Match",
    "Membership",
    "Offer",
    "Opening",
    "Organisation",
    "Passkey",
    "PasskeyChallenge",
    "Person",
    "PersonLanguage",
    "Posting",
    "RateBucket",
    "Region",
    "Shift",
    "SignInCode",
]
