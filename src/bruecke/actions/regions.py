"""A region opens its doors."""

import re

import msgspec

from bruecke.domain.contact import read_contact
from bruecke.domain.errors import DomainError, NotThere
from bruecke.reference.postcodes import is_postcode
from bruecke.store import history, regions
from bruecke.store.tables import Desk, Region
from bruecke.store.transaction import transaction

_SLUG = re.compile(r"[a-z][a-z0-9-]{1,19}")


class NewRegion(msgspec.Struct, frozen=True, kw_only=True):
    """A region and the service point that answers for it."""

    slug: str
    name: str
    postcode: str
    desk: str
    phone: str
    hours: str
    email: str = ""
    controller: str = ""


async def add_region(asked: NewRegion) -> None:
    """Adds the region with its desk, so that people can join.

    Raises DomainError for a slug that is taken or no address, a postcode or a phone that is none.
    """
    if not _SLUG.fullmatch(asked.slug) or await regions.get(asked.slug):
        raise DomainError("error.invalid", "slug")
    if not is_postcode(asked.postcode):
        raise DomainError("person.error.postcode", "postcode")
    phone = read_contact(asked.phone, "phone")
    if phone.kind != "phone":
        raise DomainError("contact.error.phone", "phone")
    email = read_contact(asked.email, "email").value if asked.email else ""
    async with transaction():
        await regions.add(
            Region(id=asked.slug, kind="city", name=asked.name, postcode=asked.postcode),
            Desk(
                region=asked.slug,
                name=asked.desk,
                phone=phone.value,
                email=email,
                hours=asked.hours,
                controller=asked.controller,
            ),
        )


async def set_policy(region: str, passes_by_itself: bool, now: int) -> None:
    """Lets simple cases of a region pass without the desk, or ends that (domain/policy.py).

    What waits already goes on waiting for the desk. Raises NotThere without such a region.
    """
    async with transaction():
        if not await regions.set_policy(region, passes_by_itself):
            raise NotThere
        did = "policy_on" if passes_by_itself else "policy_off"
        await history.note("", did, "region", region, now)
