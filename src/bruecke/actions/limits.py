"""How often: a limit is named in the domain and counted in the database."""

from bruecke.domain.errors import TooOften
from bruecke.domain.sign_in import LIMITS
from bruecke.keys import keyed_hash
from bruecke.store import rate_buckets


async def within(policy: str, subject: str, now: int) -> bool:
    """Counts one use of `policy` by `subject`, kept as a hash only; whether it was allowed."""
    allowed, window = LIMITS[policy]
    hits, _ = await rate_buckets.hit(policy, keyed_hash("rate", subject)[:40], window, now)
    return hits <= allowed


async def spend(policy: str, subject: str, now: int) -> None:
    """As `within`; raises TooOften instead of saying no."""
    allowed, window = LIMITS[policy]
    hits, wait = await rate_buckets.hit(policy, keyed_hash("rate", subject)[:40], window, now)
    if hits > allowed:
        raise TooOften(wait)
