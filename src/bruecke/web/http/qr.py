"""A QR code as one path of an inline drawing: no picture to load, no style to forbid."""

import msgspec
import segno

# The quiet zone scanners need around a code, in modules.
_BORDER = 4


class QrCode(msgspec.Struct, frozen=True):
    """`size` modules to each side, the quiet zone counted in; `path` draws the dark ones."""

    size: int
    path: str


def qr_code(text: str) -> QrCode:
    """The code of `text`, one short line for every run of dark modules."""
    code = segno.make_qr(text, error="m")
    runs: list[str] = []
    rows = [list(row) for row in code.matrix_iter(border=_BORDER)]
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            start = x
            while x < len(row) and row[x]:
                x += 1
            if x > start:
                runs.append(f"M{start} {y}h{x - start}v1h{start - x}z")
            x += 1
    return QrCode(len(rows), "".join(runs))
