"""How the row of a pair is made, whoever brings the two together."""

import msgspec

from bruecke.domain.matching.profile import OfferProfile, PostingProfile
from bruecke.domain.matching.reasons import reasons
from bruecke.domain.matching.score import POINTS_VERSION, score
from bruecke.store.ids import new_id
from bruecke.store.tables import Match


def row_of(
    one: OfferProfile,
    other: PostingProfile,
    opening: str,
    person: str,
    source: str,
    state: str,
    now: int,
) -> Match:
    """A person and an opening with why they fit at `now` (UTC seconds); nothing is stored yet."""
    points = score(one, other, now)
    return Match(
        id=new_id(),
        opening=opening,
        posting=other.id,
        person=person,
        offer=one.id or None,
        source=source,
        state=state,
        score=round(points.total),
        parts=msgspec.json.encode(points.parts).decode(),
        reasons=msgspec.json.encode(reasons(one, other)).decode(),
        points_version=POINTS_VERSION,
        visible_from_at=now,
        created_at=now,
        moved_at=now,
    )
