"""What the desks of the demo saw of people before they started."""

from datetime import date, timedelta
from random import Random

from bruecke.clock import DAY
from bruecke.domain.check import CERTIFICATE, valid_until
from bruecke.domain.match import AGREED
from bruecke.seed.cast import coordinator_of
from bruecke.seed.matches import Pairing
from bruecke.seed.people import seeded_id
from bruecke.seed.postings import Planned
from bruecke.store.tables import Check

_SEEN = AGREED | {"interested"}


def seen(
    chance: Random, pairing: Pairing, plans: list[Planned], now: int, today: date
) -> list[Check]:
    """A check for each thing a task asks for; the "unsure" still lack the last of them."""
    views = {plan.view.id: plan.view for plan in plans}
    found: dict[tuple[str, str, str, str], Check] = {}
    for match in pairing.rows:
        if match.state not in _SEEN:
            continue
        posting = views[str(match.posting)]
        required = posting.checks.split()
        for kind in required[:-1] if match.id in pairing.unsure else required:
            is_certificate = kind == CERTIFICATE
            carrier, activity = (
                (posting.organisation, posting.activity) if is_certificate else ("", "")
            )
            seen_on = today - timedelta(days=(now - match.created_at) // DAY)
            found.setdefault(
                (str(match.person), kind, carrier, activity),
                Check(
                    id=seeded_id(chance),
                    person=match.person,
                    kind=kind,
                    organisation=carrier or None,
                    activity=activity,
                    seen_on=seen_on,
                    valid_until=valid_until(kind, seen_on),
                    seen_by=coordinator_of(posting.region),
                    created_at=match.created_at,
                ),
            )
    return list(found.values())
