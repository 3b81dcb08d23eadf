"""Draws the app icons (PNG, ICO) from static/icons/app.svg and favicon.svg; run by hand."""

import struct
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ICONS = Path(__file__).parents[2] / "static" / "icons"
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Scales the drawing about its middle; one colour on nothing where a badge is wanted.
SHAPE = """([scale, monochrome]) => {
  const mark = document.getElementById('mark');
  const place = mark.getAttribute('transform');
  mark.setAttribute('transform', place.replace('scale(', `scale(${scale}) scale(`));
  if (!monochrome) return;
  document.getElementById('ground').remove();
  for (const path of mark.children) path.setAttribute('fill', '#fff');
}"""


@dataclass(frozen=True)
class Drawing:
    """One picture to make: file name, edge in pixels, size of the mark beside app.svg's own."""

    name: str
    edge: int
    scale: float = 1.0
    monochrome: bool = False


DRAWINGS = (
    Drawing("any-192.png", 192),
    Drawing("any-512.png", 512),
    Drawing("apple-touch-icon.png", 180),
    # 0.86 keeps every corner of the mark inside the circle of 80 %.
    Drawing("maskable-512.png", 512, scale=0.86),
    Drawing("badge-96.png", 96, scale=1.24, monochrome=True),
)


def show(page: Page, svg: str, edge: int) -> None:
    """Put one drawing on the page so that it fills a square of `edge` pixels."""
    page.set_viewport_size({"width": edge, "height": edge})
    sizes = f"html,body{{margin:0}}svg{{display:block;width:{edge}px;height:{edge}px}}"
    page.set_content(f"<style>{sizes}</style>{svg}")


def icon_file(png: bytes, edge: int) -> bytes:
    """Wrap one PNG as an .ico file (directory of one entry, 32 bits a pixel)."""
    return struct.pack("<3H4B2H2I", 0, 1, 1, edge, edge, 0, 0, 1, 32, len(png), 22) + png


def main() -> None:
    """Draw every picture anew."""
    app = (ICONS / "app.svg").read_text()
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page()
        for drawing in DRAWINGS:
            show(page, app, drawing.edge)
            page.evaluate(SHAPE, [drawing.scale, drawing.monochrome])
            page.screenshot(path=ICONS / drawing.name, omit_background=drawing.monochrome)
        show(page, (ICONS / "favicon.svg").read_text(), 32)
        small = page.screenshot(omit_background=True)
        (ICONS / "favicon.ico").write_bytes(icon_file(small, 32))
        browser.close()


if __name__ == "__main__":
    main()
