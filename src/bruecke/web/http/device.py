"""What a browser says of itself, in words its owner recognises."""

from typing import Any

from litestar import Request

from bruecke.actions.accounts import Device
from bruecke.keys import keyed_hash
from bruecke.web.http import cookies
from bruecke.web.http.network import client_network

_SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
            ("Mac OS", "Mac"), ("Linux", "Linux"))  # fmt: skip
_BROWSERS = (("Firefox/", "Firefox"), ("Edg/", "Edge"), ("SamsungBrowser/", "Samsung Internet"),
             ("Chrome/", "Chrome"), ("Safari/", "Safari"))  # fmt: skip


def device_of(request: Request[Any, Any, Any], shared_phone: bool = False) -> Device:
    """System and browser by name only: no version, nothing that tells devices apart."""
    before = cookies.secret(request, cookies.LOGIN)
    agent = request.headers.get("user-agent", "")
    system = next((name for sign, name in _SYSTEMS if sign in agent), "")
    browser = next((name for sign, name in _BROWSERS if sign in agent), "")
    return Device(
        name=", ".join(part for part in (system, browser) if part),
        network=client_network(request),
        shared_phone=shared_phone,
        login=keyed_hash("login", before) if before else "",
    )
