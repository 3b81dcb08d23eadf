"""One creating form, one effect: the key it was sent with and what came of it."""

from bruecke.domain.errors import SentDifferently
from bruecke.store.tables import IdempotencyKey


async def claim(key: str, body_hash: str, now: int) -> str | None:
    """Reserves `key` inside the running transaction; None when it is ours to act on.

    Otherwise the answer the first one got. Raises SentDifferently for another body.
    """
    fresh = await IdempotencyKey.raw(
        "INSERT INTO idempotency_key (id, body_hash, answer, created_at) VALUES ({}, {}, '', {})"
        " ON CONFLICT (id) DO NOTHING RETURNING id",
        key,
        body_hash,
        now,
    )
    if fresh:
        return None
    kept = await IdempotencyKey.select().where(IdempotencyKey.id == key).first()
    if kept is None or kept["body_hash"] != body_hash:
        raise SentDifferently
    return str(kept["answer"])


async def answer(key: str, said: str) -> None:
    """Keeps what came of it, in the same transaction."""
    await IdempotencyKey.update({IdempotencyKey.answer: said}).where(IdempotencyKey.id == key)


async def forget(said: str) -> None:
    """Drops keys whose answer was `said`: after a sign-out no form may open the door again."""
    await IdempotencyKey.delete().where(IdempotencyKey.answer == said)


async def sweep(before: int) -> None:
    """Forgets keys older than `before` (UTC seconds)."""
    await IdempotencyKey.delete().where(IdempotencyKey.created_at < before)
