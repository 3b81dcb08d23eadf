"""The app icons have the sizes their names promise, and the maskable one survives a round cut."""

import re
import struct
from math import hypot

import pytest

from bruecke.paths import data

ICONS = data("static") / "icons"
INTERFACE = """
house search heart-handshake circle-user sun megaphone users building-2 inbox bell bell-ring
chart-column calendar-days calendar-check map-pin route phone message-circle mail volume-2 globe
check x minus plus ban eye eye-off moon hourglass user-plus handshake file-check octagon-alert
triangle-alert circle-alert circle-check cloud-off list-filter printer download share square-plus
book-open arrow-left arrow-right chevron-left chevron-right sparkles
"""


@pytest.mark.parametrize(
    ("name", "edge"),
    [
        ("any-192.png", 192),
        ("any-512.png", 512),
        ("maskable-512.png", 512),
        ("badge-96.png", 96),
        ("apple-touch-icon.png", 180),
    ],
)
def test_a_picture_is_as_large_as_announced(name: str, edge: int) -> None:
    content = (ICONS / name).read_bytes()
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">2I", content[16:24]) == (edge, edge)
    assert len(content) < 12_000


def test_the_sprite_has_every_interface_icon_and_stays_small() -> None:
    sprite = (ICONS / "sprite.svg").read_text()
    assert set(INTERFACE.split()) <= set(re.findall(r'<symbol id="([^"]+)"', sprite))
    assert len(sprite) < 32_000


def test_the_maskable_mark_stays_inside_the_circle_of_80_percent() -> None:
    found = re.search(r"scale\(([\d.]+)\)", (ICONS / "app.svg").read_text())
    assert found is not None
    scale = float(found[1]) * 0.86
    assert hypot(32 * scale, 21.5 * scale) < 0.4 * 512
