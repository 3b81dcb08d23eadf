"""Static files, and the two addresses browsers ask for by themselves."""

from typing import Any

from litestar import Request, Response
from litestar.params import FromPath

from bruecke.domain.errors import NotThere
from bruecke.web.http import assets
from bruecke.web.http.routes import show


@show("/static/{name:str}", policy="public", sync_to_thread=False)
def show_asset(request: Request[Any, Any, Any], name: FromPath[str]) -> Response[bytes]:
    """A hashed file: it never changes, so it is kept for ever."""
    found = assets.by_url().get(f"/static/{name}")
    if found is None:
        raise NotThere
    return _answer(request, found, assets.FOREVER)


@show("/favicon.ico", policy="public", sync_to_thread=False)
def show_favicon(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Browsers ask for it whatever the page says."""
    return _answer(request, assets.assets()["icons/favicon.ico"], "public, max-age=86400")


def _answer(request: Request[Any, Any, Any], asset: assets.Asset, keep: str) -> Response[bytes]:
    accepted = request.headers.get("accept-encoding", "")
    headers = {"cache-control": keep, "vary": "Accept-Encoding"}
    body = asset.body
    if asset.br is not None and "br" in accepted:
        body, headers["content-encoding"] = asset.br, "br"
    elif asset.gz is not None and "gzip" in accepted:
        body, headers["content-encoding"] = asset.gz, "gzip"
    return Response(body, media_type=asset.media_type, headers=headers)


ROUTES: list[Any] = [show_asset, show_favicon]
