"""Which region a public list is of."""

from typing import Any

from litestar import Request

from bruecke.domain.errors import NotThere
from bruecke.store import regions
from bruecke.store.regions import RegionView
from bruecke.web.http.login import actor_of


async def region_of_list(request: Request[Any, Any, Any]) -> RegionView | None:
    """The region the address names, else the reader's own; None where neither says one.

    Raises NotThere for one that does not exist.
    """
    actor = actor_of(request)
    slug = request.query_params.get("region", "") or (actor.region if actor else "")
    if not slug:
        return None
    region = await regions.get(slug)
    if region is None:
        raise NotThere
    return region
