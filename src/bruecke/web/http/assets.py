"""Stylesheets, scripts and icons: joined, hashed and compressed once, served from memory."""

import gzip
import hashlib
import mimetypes
from functools import cache

import brotli
import msgspec

from bruecke.paths import data

FOREVER = "public, max-age=31536000, immutable"
_TEXT = (".css", ".js", ".svg", ".json", ".txt")


class Asset(msgspec.Struct, frozen=True):
    """One file as it goes over the wire."""

    name: str
    url: str
    media_type: str
    body: bytes
    br: bytes | None
    gz: bytes | None


def _joined(folder: str) -> bytes:
    """The files of static/<folder>, in the order its order.txt gives."""
    base = data("static") / folder
    names = [line for line in (base / "order.txt").read_text().split("\n") if line.strip()]
    return b"\n".join((base / name.strip()).read_bytes() for name in names)


def _asset(name: str, body: bytes) -> Asset:
    digest = hashlib.sha256(body).hexdigest()[:12]
    stem, _, suffix = name.rpartition("/")[2].rpartition(".")
    small = f".{suffix}" in _TEXT
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Asset(
        name,
        f"/static/{stem}.{digest}.{suffix}",
        "text/javascript" if suffix == "js" else kind,
        body,
        brotli.compress(body) if small else None,
        gzip.compress(body, 9, mtime=0) if small else None,
    )


@cache
def assets() -> dict[str, Asset]:
    """Every asset by its plain name."""
    static = data("static")
    made = {"app.css": _joined("css"), "app.js": _joined("js")}
    for folder in ("icons", "vendor", "js/pages"):
        for file in sorted((static / folder).glob("*")) if (static / folder).is_dir() else []:
            if file.suffix in (".svg", ".png", ".ico", ".js"):
                made[f"{folder}/{file.name}"] = file.read_bytes()
    return {name: _asset(name, body) for name, body in made.items()}


@cache
def by_url() -> dict[str, Asset]:
    """Every asset by the address it is served at."""
    return {asset.url: asset for asset in assets().values()}


def asset_url(name: str) -> str:
    """Where `name` is served; its address changes with its content."""
    return assets()[name].url
