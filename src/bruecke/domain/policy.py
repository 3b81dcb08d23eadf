"""What a region's policy may pass without a person: one narrow case and nothing else (DESIGN 3)."""

import msgspec

from bruecke.domain.posting import DATED_FORMATS, Posting, when_of

# How long the desk hears nothing of a yes the policy is about to look at, in seconds.
HEAD_START = 60


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What must hold, each by itself, before anything passes without a person.

    `can_be_reached`: a code came back or the desk ticked "Nummer stimmt"; not needed where only the
    meeting point and the public contact open (DOMAIN, Joining). `was_active`: the organisation had
    a match that really took place. `was_never_refused`: desk and organisation never refused this
    person there, so nobody has to look first.
    """

    region_wants_it: bool
    is_open: bool
    is_dated: bool
    needs_no_check: bool
    at_no_home: bool
    without_children: bool
    is_verified: bool
    was_active: bool
    was_never_refused: bool
    is_adult: bool
    fits: bool
    is_not_own: bool
    can_be_reached: bool


def passes(facts: Facts) -> bool:
    """Whether every condition holds; anything else waits for the desk, however long."""
    return all(msgspec.structs.astuple(facts))


def asks_ahead(posting: Posting) -> bool:
    """Whether a yes given ahead could ever count for such a posting."""
    is_dated = posting.format in DATED_FORMATS and when_of(posting.kind, posting.format) != "loose"
    return is_dated and not (posting.checks or posting.home_visit or posting.with_children)
