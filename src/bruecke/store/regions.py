"""Regions and their service points."""

import msgspec

from bruecke.store import rows
from bruecke.store.tables import Desk, Region


class RegionView(msgspec.Struct, frozen=True):
    """A region as pages show it; `postcode` stands for its middle."""

    id: str
    name: str
    kind: str = "city"
    parent: str = ""
    zone: str = "Europe/Berlin"
    postcode: str = ""
    passes_by_itself: bool = False


class DeskView(msgspec.Struct, frozen=True):
    """A service point as pages show it."""

    id: str
    region: str
    name: str
    phone: str = ""
    email: str = ""
    hours: str = ""
    controller: str = ""


async def get(region: str) -> RegionView | None:
    """The region with this slug."""
    found = await Region.select(*rows.columns(Region, RegionView)).where(Region.id == region)
    return rows.first(found, RegionView)


async def with_desks() -> list[RegionView]:
    """Every region somebody can join in, by name."""
    joinable = Region.id.is_in(Desk.select(Desk.region))
    found = await Region.select(*rows.columns(Region, RegionView)).where(joinable)
    return sorted(rows.structs(found, RegionView), key=lambda region: region.name)


async def districts(region: str) -> list[str]:
    """The names of a region's districts."""
    found = await Region.select(Region.name).where(Region.parent == region).order_by(Region.name)
    return [row["name"] for row in found]


async def desk_of(region: str) -> DeskView | None:
    """The service point people of a region belong to by default."""
    found = (
        await Desk.select(*rows.columns(Desk, DeskView))
        .where(Desk.region == region)
        .order_by(Desk.position)
        .limit(1)
    )
    return rows.first(found, DeskView)


async def set_policy(region: str, passes_by_itself: bool) -> bool:
    """Whether simple cases pass without the desk from now on; False without such a region."""
    found = (
        await Region.update({Region.passes_by_itself: passes_by_itself})
        .where(Region.id == region)
        .returning(Region.id)
    )
    return bool(found)


async def add(region: Region, desk: Desk | None = None) -> None:
    """A new region, with a desk if people can join in it."""
    await Region.insert(region)
    if desk is not None:
        await Desk.insert(desk)
