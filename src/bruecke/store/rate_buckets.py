"""How often one subject used one policy, counted where all workers count."""

from bruecke.store.tables import RateBucket


async def hit(policy: str, subject: str, window: int, now: int) -> tuple[int, int]:
    """Counts one use and answers (uses in this window, seconds until it ends).

    `subject` is a keyed hash. One statement, so that parallel requests cannot share a count.
    """
    rows = await RateBucket.raw(
        "INSERT INTO rate_bucket (id, hits, resets_at) VALUES ({}, 1, {})"
        " ON CONFLICT (id) DO UPDATE SET"
        " hits = CASE WHEN rate_bucket.resets_at <= {} THEN 1 ELSE rate_bucket.hits + 1 END,"
        " resets_at = CASE WHEN rate_bucket.resets_at <= {} THEN {}"
        " ELSE rate_bucket.resets_at END RETURNING hits, resets_at",
        f"{policy}:{subject}",
        now + window,
        now,
        now,
        now + window,
    )
    return int(rows[0]["hits"]), max(0, int(rows[0]["resets_at"]) - now)


async def sweep(now: int) -> None:
    """Forgets windows that have ended."""
    await RateBucket.delete().where(RateBucket.resets_at <= now)
