"""The whole schema at a glance, by noun."""

from bruecke.store.tables.blocks import Block
from bruecke.store.tables.checks import Check
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
from bruecke.store.tables.notifications import AnswerLink, Delivery, Notification
from bruecke.store.tables.offers import Offer
from bruecke.store.tables.organisations import Organisation
from bruecke.store.tables.people import Consent, Membership, Person, PersonLanguage
from bruecke.store.tables.postings import ImportedPosting, Opening, Posting, Shift
from bruecke.store.tables.profiles import MatchProfile
from bruecke.store.tables.regions import Desk, Region
from bruecke.store.tables.subscriptions import Subscription

TABLES = [
    Region, Desk, ImportBatch, Organisation, Person, PersonLanguage, Membership, Consent, Check,
    Block, Offer, Posting, Shift, Opening, ImportedPosting, MatchProfile, Match, Login, SignInCode,
    HandOverCode, Passkey, PasskeyChallenge, Invite, Subscription, Notification, AnswerLink,
    Delivery, HistoryEntry, IdempotencyKey, RateBucket, JobRun, Fact,
]  # fmt: skip

__all__ = [
    "TABLES",
    "AnswerLink",
    "Block",
    "Check",
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
    "MatchProfile",
    "Membership",
    "Notification",
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
    "Subscription",
]
