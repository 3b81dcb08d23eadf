"""A browser hands over its push address, and its owner takes it back."""

from typing import Annotated, Any, ClassVar

from litestar import Request, Response
from litestar.enums import MediaType
from msgspec import Meta

from bruecke.actions import subscriptions
from bruecke.clock import now
from bruecke.domain.errors import DomainError
from bruecke.domain.push_endpoint import LONGEST
from bruecke.language import catalog, languages
from bruecke.web.http.forms import Form, read
from bruecke.web.http.login import signed_in
from bruecke.web.http.render import go
from bruecke.web.http.routes import act


class SubscriptionForm(Form, frozen=True, kw_only=True):
    """What `pushManager.subscribe` gave; the page's script sends it."""

    ERRORS: ClassVar[dict[str, str]] = {
        "endpoint": "subscriptions.error.endpoint",
        "p256dh": "subscriptions.error.keys",
        "auth": "subscriptions.error.keys",
    }

    endpoint: Annotated[str, Meta(max_length=LONGEST)]
    p256dh: Annotated[str, Meta(max_length=120)]
    auth: Annotated[str, Meta(max_length=40)]


@act("/subscriptions", policy="signed_in")
async def subscribe(request: Request[Any, Any, Any]) -> Response[Any]:
    """Keeps the address; only the page's script calls this, so the answer is plain."""
    form = await read(request, SubscriptionForm)
    if form.value is None:
        return _no(form.errors[0].key)
    given = form.value
    language = languages.current.get().tag
    try:
        await subscriptions.save(
            signed_in(request), given.endpoint, given.p256dh, given.auth, language, now()
        )
    except DomainError as problem:
        return _no(problem.key)
    return Response(None, status_code=204)


@act("/subscriptions/{subscription:str}/removal", policy="signed_in")
async def unsubscribe(request: Request[Any, Any, Any], subscription: str) -> Response[Any]:
    """No more pushes to this device."""
    await subscriptions.remove(signed_in(request), subscription, now())
    return go(request, "/me?done=push_gone")


@act("/subscriptions/test", policy="signed_in")
async def send_sample(request: Request[Any, Any, Any]) -> Response[Any]:
    """A push to see whether it works."""
    await subscriptions.send_sample(signed_in(request), now())
    return go(request, "/me?done=push_sent")


def _no(key: str) -> Response[str]:
    return Response(catalog.text(key), status_code=422, media_type=MediaType.TEXT)


ROUTES: list[Any] = [subscribe, unsubscribe, send_sample]
