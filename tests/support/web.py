"""The app under test, in the test's own loop, with real databases and no mocks."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache

import httpx
from litestar import Litestar

from bruecke.actions.logins import open_login
from bruecke.app import create_app
from bruecke.clock import now
from bruecke.domain.person import Person
from bruecke.store import people, regions
from bruecke.store.ids import new_id
from bruecke.store.tables import Desk, Region
from bruecke.store.transaction import transaction
from bruecke.web.http import cookies

BASE = "https://localhost:8000"


@asynccontextmanager
async def running_app() -> AsyncIterator[httpx.AsyncClient]:
    """A visitor's browser in front of the running app; the pool stays with the test's fixture."""
    async with _app().lifespan(), visitor(_app()) as client:
        yield client


@cache
def _app() -> Litestar:
    # Templates compile once a run instead of once a test; the lifespan is each test's own.
    return create_app()


def visitor(app: object) -> httpx.AsyncClient:
    """A browser without any cookie; every form it sends says that it is ours."""
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app),  # type: ignore[arg-type]
        base_url=BASE,
        headers={"sec-fetch-site": "same-origin", "accept-language": "de"},
    )


async def plant_region(region: str = "kassel", name: str = "Kassel") -> None:
    """A region with a desk."""
    await regions.add(
        Region(id=region, kind="city", name=name, postcode="34117"),
        Desk(
            id=f"desk-{region}",
            region=region,
            name=f"Servicestelle Mitmachen {name}",
            phone="+4917139200001",
            hours="Mo–Do 10–16 Uhr",
        ),
    )


async def plant_person(
    name: str,
    region: str = "kassel",
    role: str = "",
    organisation: str | None = None,
    email: str = "",
) -> str:
    """A person of the cast, with a seat if `role` says so."""
    person = Person(id=new_id(), region=region, name=name, email=email, age_band="adult")
    await people.add(person, f"desk-{region}", "", now())
    if role:
        at = None if organisation else region
        await people.add_membership(person.id, role, now(), organisation, at)
    return person.id


async def sign_in(client: httpx.AsyncClient, person: str, method: str = "joined") -> None:
    """Gives the browser a login of `person`, proved by `method`."""
    async with transaction():
        secret = await open_login(person, method, await people.roles(person), "Test", now())
    client.cookies.set(cookies.LOGIN, secret, domain="localhost.local")


def token_in(page: str, field: str = "csrf") -> str:
    """The value of a hidden field of a page."""
    found = re.search(rf'name="{field}" value="([^"]+)"', page)
    assert found, f"no field {field}"
    return found[1]
