"""How long codes and logins live, how many tries there are (ASVS 5.0, 6.5; NIST 800-63B)."""

from collections.abc import Iterable

from bruecke.domain.access import DESK_ROLES

MINUTE, HOUR, DAY = 60, 3_600, 86_400

CODE_LIFE = 10 * MINUTE
CODE_TRIES = 5
HAND_OVER_LIFE = 24 * HOUR
INVITE_LIFE = 14 * DAY

SHARED_PHONE_LIFE = 1 * HOUR
DESK_LIFE = 12 * HOUR
REPRESENTATIVE_LIFE = 30 * DAY
VOLUNTEER_LIFE = 180 * DAY

# Policy: hits allowed, in how many seconds.
LIMITS: dict[str, tuple[int, int]] = {
    "code.address": (3, HOUR),
    "code.network": (30, HOUR),
    "try.network": (60, HOUR),
    "hand_over.network": (30, HOUR),
    "join.network": (60, HOUR),
    "passkey.network": (120, HOUR),
    "invite.person": (20, DAY),
    "subscription.person": (60, HOUR),
    "push_test.person": (5, HOUR),
}


def login_life(roles: Iterable[str], shared_phone: bool) -> int:
    """Idle seconds after which a login ends: the most careful rule that applies."""
    held = set(roles)
    if shared_phone:
        return SHARED_PHONE_LIFE
    if held & DESK_ROLES:
        return DESK_LIFE
    return REPRESENTATIVE_LIFE if "representative" in held else VOLUNTEER_LIFE


def stamp_step(life: int) -> int:
    """Seconds after which a use is written down again: reading a page must not cost a write."""
    return min(HOUR, life // 12)
