"""What was seen of a person before it may start: never the paper itself, only that it was there."""

from collections.abc import Iterable
from datetime import date
from typing import Literal, get_args

import msgspec

from bruecke.domain.errors import DomainError

CheckKind = Literal[
    "interview", "training", "confidentiality", "certificate_seen", "food_instruction"
]
KINDS: tuple[str, ...] = get_args(CheckKind)
CERTIFICATE = "certificate_seen"


class CertificateRule(msgspec.Struct, frozen=True):
    """How fresh the certificate of conduct has to be when it is seen, and how long that counts."""

    months_old: int = 3
    years_valid: int = 5


# [L] DOMAIN.md, after § 72a SGB VIII and the practice of youth offices; a region may set its own.
CERTIFICATE_RULE = CertificateRule()


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """What the desk says it saw, on which local date.

    For the certificate alone: `is_fresh` is its tick, `organisation` the carrier it was shown for,
    `activity` what the person will do there.
    """

    kind: str
    seen_on: date
    is_fresh: bool = False
    organisation: str = ""
    activity: str = ""


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """One thing on file; it counts up to and on `valid_until`, None stands for "without end"."""

    id: str = ""
    kind: str
    seen_on: date
    valid_until: date | None = None
    organisation: str = ""
    activity: str = ""

    def counts(self, kind: str, carrier: str, activity: str, on: date) -> bool:
        """Whether it is the check `kind` asks for on the local date `on`.

        A certificate counts for its carrier and activity only: another carrier looks anew
        (§ 72a(5) SGB VIII).
        """
        if self.kind != kind or (self.valid_until and self.valid_until < on):
            return False
        return kind != CERTIFICATE or (self.organisation, self.activity) == (carrier, activity)


def valid_until(kind: str, seen_on: date, rule: CertificateRule = CERTIFICATE_RULE) -> date | None:
    """The last day a check counts; None where no rule ends it (the kitchen's is the office's)."""
    if kind != CERTIFICATE:
        return None
    year = seen_on.year + rule.years_valid
    try:
        return seen_on.replace(year=year)
    except ValueError:  # the 29th of February
        return date(year, 2, 28)


def problems(
    entry: Entry, today: date, rule: CertificateRule = CERTIFICATE_RULE
) -> list[DomainError]:
    """Everything that is wrong with an entry, each with its field; `today` is local."""
    if entry.kind not in KINDS:
        return [DomainError("error.invalid", "kind")]
    found = []
    if entry.seen_on > today:
        found.append(DomainError("checks.error.future", "seen_on"))
    elif (valid_until(entry.kind, entry.seen_on, rule) or today) < today:
        found.append(DomainError("checks.error.over", "seen_on"))
    if entry.kind == CERTIFICATE and not entry.is_fresh:
        found.append(DomainError("checks.error.fresh_required", "fresh"))
    return found


def on_file(
    required: Iterable[str], checks: Iterable[Check], carrier: str, activity: str, on: date
) -> dict[str, tuple[Check, ...]]:
    """For each required kind the checks that count on the local date `on`, the newest first."""
    newest = sorted(checks, key=lambda one: one.seen_on, reverse=True)
    return {
        kind: tuple(one for one in newest if one.counts(kind, carrier, activity, on))
        for kind in required
    }


def missing(
    required: Iterable[str], checks: Iterable[Check], carrier: str, activity: str, on: date
) -> tuple[str, ...]:
    """The required kinds nothing on file counts for, in their order."""
    found = on_file(required, checks, carrier, activity, on)
    return tuple(kind for kind, seen in found.items() if not seen)
