"""Signing in as somebody of the demo's cast."""

from bruecke.actions.logins import open_login
from bruecke.domain.errors import NotThere
from bruecke.settings import settings
from bruecke.store import facts, people
from bruecke.store.transaction import transaction


async def sign_in_as(role: str, replaces: str, now: int) -> str:
    """The login secret of the cast's person for `role`; the login `replaces` (its hash) ends.

    Raises NotThere unless BRUECKE_DEMO is set and the database carries the demo mark.
    """
    person = await facts.get(f"demo:{role}")
    if not settings().demo or await facts.get("demo") != "yes" or not person:
        raise NotThere
    async with transaction():
        roles = await people.roles(person)
        return await open_login(person, "demo", roles, "demo", now, replaces=replaces)
