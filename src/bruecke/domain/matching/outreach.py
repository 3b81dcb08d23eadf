"""Who is asked about a new posting, and when again: few messages, each worth having."""

from collections.abc import Iterable

from bruecke.domain.match import DAY

# At most one message of suggestions a week, after a yes a fortnight (research/policy.md 2, step 7).
REST = 7 * DAY
REST_AFTER_YES = 14 * DAY
BUNDLE = 5
MOST_ASKED = 20
FIRST_FORTNIGHT = 14 * DAY


def chance(fit: float) -> float:
    """The assumed chance of a yes for a fit of 0-100, until it is calibrated."""
    return 0.02 + 0.38 * (fit / 100) ** 2


def asked(fits: Iterable[tuple[str, float]], places: int) -> list[str]:
    """Whom to ask about a posting with so many free places: best fits first.

    As many as it takes to expect a yes for each place, never more than MOST_ASKED.
    """
    chosen: list[str] = []
    expected = 0.0
    for who, fit in sorted(fits, key=lambda one: (-one[1], one[0])):
        if expected >= places or len(chosen) == MOST_ASKED:
            break
        chosen.append(who)
        expected += chance(fit)
    return chosen


def after_yes(now: int, ask_again_at: int) -> int:
    """When somebody who just said yes may be asked again."""
    return max(ask_again_at, now + REST_AFTER_YES)


def after_no(now: int, ask_again_at: int, joined_at: int) -> int:
    """A no in the first fortnight may bring the next suggestion at once (DOMAIN, Deadlines)."""
    return now if now - joined_at < FIRST_FORTNIGHT else ask_again_at
