"""What makes the pages an app: the manifest, the worker behind them, the page without internet."""

import hashlib
from functools import cache
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.response import Template

from bruecke.language import catalog, languages
from bruecke.language.catalog import text
from bruecke.language.languages import Language
from bruecke.paths import data
from bruecke.web.http.assets import asset_url
from bruecke.web.http.render import page
from bruecke.web.http.routes import show

START = "/home"
# --paper of static/css/tokens.css, by day.
PAPER = "#eff3ed"
# What the worker keeps beside the page without internet: the same for everybody.
KEPT = (
    "app.css",
    "app.js",
    "vendor/htmx-4.0.1.min.js",
    "icons/sprite.svg",
    "icons/favicon.svg",
    "icons/any-192.png",
    "icons/badge-96.png",
)
A_DAY = "public, max-age=86400"


@show("/manifest.webmanifest", policy="public", sync_to_thread=False)
def show_manifest(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Name, icons and shortcuts; browsers ask without cookies, so the address says the language."""
    language = languages.choose(request.query_params.get("lang", ""))
    return Response(
        msgspec.json.encode(_manifest(language)),
        media_type="application/manifest+json",
        headers={"cache-control": A_DAY},
    )


def _manifest(language: Language) -> dict[str, Any]:
    name = text("layout.name", language.tag)
    return {
        # The same in every language, or a phone would hold two apps after a change.
        "id": "/",
        "lang": language.tag,
        "dir": language.direction,
        "name": name,
        "short_name": name,
        "description": text("home.front.lead", language.tag),
        "start_url": f"{START}?from=icon",
        "scope": "/",
        "display": "standalone",
        "display_override": ["standalone", "minimal-ui"],
        "theme_color": PAPER,
        "background_color": PAPER,
        "categories": ["social", "lifestyle"],
        "launch_handler": {"client_mode": "navigate-existing"},
        "icons": [
            _icon("icons/any-192.png", 192, "any"),
            _icon("icons/any-512.png", 512, "any"),
            _icon("icons/maskable-512.png", 512, "maskable"),
        ],
        "shortcuts": [
            _shortcut("/home", text("pwa.suggestions", language.tag)),
            _shortcut("/matches", text("matches.title", language.tag)),
            _shortcut("/postings", text("home.open_postings", language.tag)),
        ],
    }


def _icon(name: str, edge: int, purpose: str) -> dict[str, str]:
    return {
        "src": asset_url(name),
        "sizes": f"{edge}x{edge}",
        "type": "image/png",
        "purpose": purpose,
    }


def _shortcut(path: str, name: str) -> dict[str, Any]:
    return {"name": name, "url": path, "icons": [_icon("icons/any-192.png", 192, "any")]}


@show("/sw.js", policy="public", sync_to_thread=False)
def show_worker(request: Request[Any, Any, Any]) -> Response[bytes]:
    """static/sw.js with what it has to know in front; browsers ask again on every visit."""
    body = _worker()
    tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    headers = {"cache-control": "no-cache", "etag": tag}
    if tag in request.headers.get("if-none-match", ""):
        return Response(b"", status_code=304, headers=headers)
    return Response(body, media_type="text/javascript", headers=headers)


@cache
def _worker() -> bytes:
    build = {
        "version": _version(),
        "files": [asset_url(name) for name in KEPT],
        "name": text("layout.name", languages.DEFAULT.tag),
        "start": START,
        "icon": asset_url("icons/any-192.png"),
        "badge": asset_url("icons/badge-96.png"),
        "languages": [
            {
                "tag": each.tag,
                "dir": each.direction,
                "offline": f"/offline?lang={each.tag}",
                "news": text("pwa.news", each.tag),
            }
            for each in languages.LANGUAGES.values()
        ],
    }
    return b"const BUILD = " + msgspec.json.encode(build) + b";\n" + _source()


def _source() -> bytes:
    return (data("static") / "sw.js").read_bytes()


def _version() -> str:
    """Changes with what the worker keeps: its files, and what its pages are made of."""
    kept = hashlib.sha256(" ".join(map(asset_url, KEPT)).encode() + _source())
    for folder, pattern in ((data("templates"), "*.html"), (catalog.FOLDER, "*.po")):
        for file in sorted(folder.rglob(pattern)):
            kept.update(file.read_bytes())
    return kept.hexdigest()[:12]


@show("/offline", policy="public", sync_to_thread=False)
def show_offline(request: Request[Any, Any, Any]) -> Template:
    """For a phone without internet, kept by the worker in every language: it knows nobody."""
    wish = request.query_params.get("lang", "")
    languages.current.set(languages.choose(wish, languages.current.get().tag))
    return page(request, "pwa/offline.html", as_visitor=True, demo=False)


ROUTES: list[Any] = [show_manifest, show_worker, show_offline]
