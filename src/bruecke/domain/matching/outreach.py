"""Who is asked about a new posting, and when again: few messages, each worth having."""

from collections.abc import Iterable

from bruecke.domain.match import DAY

# At most one message of suggestions a week, after a yes a fortnight (research/policy.md 2, step 7).
REST = 7 * DAY
REST_AFTER_YES = 14 * DAY
BUNDLE = 5
MOST_ASKED = 20


def chance(fit: float) -> float:
    """The assumed chance of a yes for a fit of 0-100, until it is calibrated."""
    return 0.02 + 0.38 * (fit / 100) ** 2


def asked(fits: Iterable[tuple[str, float, bool]], places: int) -> list[str]:
    """Whom to ask about a posting with so many free places: best fits first.

    Each of `fits` is a person, a fit of 0-100, and whether it may be asked now. As many as it takes
    to expect a yes for each place, at most MOST_ASKED; who rests is told later and does not count.
    """
    chosen: list[str] = []
    expected, turns = 0.0, 0
    for who, fit, now in sorted(fits, key=lambda one: (-one[1], one[0])):
        if expected >= places or turns == MOST_ASKED:
            break
        chosen.append(who)
        if now:
            turns += 1
            expected += chance(fit)
    return chosen


def may_ask_at(ask_again_at: int, said_yes_at: int) -> int:
    """From when on somebody may be asked: a week after a message, a fortnight after a yes.

    `said_yes_at` is the last yes that was not taken back, 0 for none. A no changes nothing: the
    list in the app shows the next suggestion at once, the phone keeps to its week.
    """
    return max(ask_again_at, said_yes_at + REST_AFTER_YES if said_yes_at else 0)
