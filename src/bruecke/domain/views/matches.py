"""What each side may see of a match; contact fields exist in `OpenContact` only."""

import msgspec

from bruecke.domain.check import Check
from bruecke.domain.matching.gates import Answer
from bruecke.domain.matching.reasons import Reason
from bruecke.domain.posting import Posting


class OpenContact(msgspec.Struct, frozen=True, kw_only=True):
    """How to reach the other side, "" where it gave nothing; the desk sees it earlier.

    `is_person` is false for what an organisation publishes.
    """

    name: str
    phone: str = ""
    email: str = ""
    is_person: bool = True
    phone_confirmed: bool = False
    email_confirmed: bool = False


class Where(msgspec.Struct, frozen=True, kw_only=True):
    """What every audience sees: the task and where the match stands for this reader.

    `posting.next_on`, `starts_time` and `ends_time` are those of this match's own date.
    `calls` is one of `domain.match.CALLS` or "" unasked, `party_size` 3 for three or more.
    `may_undo_until` (UTC seconds) is 0 unless the reader's side made the last move just now.
    `by_policy` says how far the region's policy brought it: "", "approved" or "confirmed".
    """

    id: str
    state: str
    posting: Posting
    task: str = ""
    reasons: tuple[Reason, ...] = ()
    closed_reason: str = ""
    calls: str = ""
    party_size: int = 1
    moved_at: int = 0
    may_undo_until: int = 0
    by_policy: str = ""

    @property
    def is_open(self) -> bool:
        """Whether anything can still become of it."""
        return self.state not in ("done", "closed")

    @property
    def is_narrow(self) -> bool:
        """Whether only the meeting point and the public contact open: no person confirmed it."""
        return self.by_policy == "confirmed"


class ForVolunteer(Where, frozen=True, kw_only=True):
    """The volunteer's own match; `answer_until` (UTC seconds) is the deadline of an offered place.

    `venue` and `contact` (the organisation's) are there only while contacts are open.
    """

    opening: str
    answer_until: int = 0
    venue: str = ""
    contact: OpenContact | None = None
    public_phone: str = ""


class ForOrganisation(Where, frozen=True, kw_only=True):
    """From approved on: the display name and the reasons; the contact only from confirmed.

    Never the contact of a volunteer who calls itself.
    """

    person: str
    name: str
    contact: OpenContact | None = None


class InQueue(Where, frozen=True, kw_only=True):
    """One line of the desk's queue."""

    person: str
    name: str
    asked_at: int = 0


class ForDesk(Where, frozen=True, kw_only=True):
    """Both sides, for the desk that decides; `gates` by code, `missing` those not known yet.

    `checks` has every kind the posting requires, with what counts on its day.
    """

    person: str
    volunteer: OpenContact
    organisation: OpenContact
    places_left: int
    prior_state: str = ""
    gates: dict[str, Answer] = {}
    missing: tuple[str, ...] = ()
    checks: dict[str, tuple[Check, ...]] = {}
    asked_at: int = 0
