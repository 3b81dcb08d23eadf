"""Facts about this installation."""

from bruecke.store.tables import Fact


async def get(name: str) -> str:
    """The fact, "" if it was never stated."""
    rows = await Fact.select(Fact.value).where(Fact.id == name)
    return str(rows[0]["value"]) if rows else ""


async def state(name: str, value: str) -> None:
    """States a fact once."""
    await Fact.insert(Fact(id=name, value=value))


async def answers() -> bool:
    """Whether the database answers at all."""
    await Fact.select(Fact.id).limit(1)
    return True
