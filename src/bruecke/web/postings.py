"""What associations look for: the public list and one posting."""

from typing import Any

from litestar import Request, Response
from litestar.params import FromPath
from litestar.response import Template

from bruecke.actions.matches import choices_at_yes, first_free
from bruecke.clock import now
from bruecke.domain.access import scope_of
from bruecke.domain.errors import NotThere
from bruecke.domain.posting import KINDS, in_list_order
from bruecke.language.dates import today
from bruecke.reference.activities import activities_by_code
from bruecke.store import postings, regions
from bruecke.web.http.login import actor_of
from bruecke.web.http.render import go, page
from bruecke.web.http.routes import show
from bruecke.web.public_region import region_of_list


@show("/postings", policy="public")
async def list_postings(request: Request[Any, Any, Any]) -> Template | Response[Any]:
    """Open postings of a region, of one activity or kind if chosen."""
    region = await region_of_list(request)
    if region is None:
        return go(request, "/")
    activity = request.query_params.get("activity", "")
    if activity and activity not in activities_by_code():
        raise NotThere
    kind = request.query_params.get("kind", "")
    if kind and kind not in KINDS:
        raise NotThere
    scope = scope_of(actor_of(request), region.id)
    found = await postings.listed(scope, today(now()), activity, kind=kind)
    return page(
        request,
        "postings/list.html",
        region=region,
        activity=activity,
        kind=kind,
        postings=in_list_order(found),
    )


@show("/postings/{posting:str}", policy="public")
async def show_posting(request: Request[Any, Any, Any], posting: FromPath[str]) -> Template:
    """What, when, where, who asks, and the limits of the task."""
    actor = actor_of(request)
    scope = scope_of(actor)
    found = await postings.get(scope, today(now()), posting)
    if found is None:
        raise NotThere
    choices = await choices_at_yes(actor, posting, now()) if actor else []
    return page(
        request,
        "postings/show.html",
        posting=found,
        openings=choices,
        chosen=first_free(choices).id if choices else "",
        is_own=found.organisation in scope.organisations,
        activity=activities_by_code()[found.activity],
        region=await regions.get(found.region),
        desk=await regions.desk_of(found.region),
    )


ROUTES: list[Any] = [list_postings, show_posting]
