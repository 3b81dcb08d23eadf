"""Reads an export of FREINET-online: checks file, encoding, columns and quotes before any row."""

import csv
import hashlib
import io
from pathlib import Path

import msgspec

MAX_BYTES = 20_000_000
MAX_ROWS = 20_000
_MAX_FIELD = 100_000
COLUMNS: tuple[str, ...] = (
    "id", "name", "org", "place", "address", "description_html", "org_description_html",
    "categories", "targets", "districts", "timeframe_text", "postcode", "street", "lat", "lon",
    "short", "wanted", "placed_ever", "placed_now", "created", "edited", "contactable",
)  # fmt: skip


class CannotRead(Exception):
    """The file cannot be used; the message is one line for the person at the terminal."""


class Export(msgspec.Struct, frozen=True):
    """All rows of a sound file, by column, in its order; `digest` tells it from others."""

    source: str
    digest: str
    rows: list[dict[str, str]]


def read_export(path: Path) -> Export:
    """The rows of the file; raises CannotRead, and then nothing of it may be used."""
    content = _content(path)
    text = _decoded(content)
    rows = _rows(text)
    return Export(path.name, hashlib.sha256(content).hexdigest(), rows)


def _content(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise CannotRead(f"{path.name}: there is no such file.")
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise CannotRead(
                f"{path.name}: {size / 1e6:.0f} MB are too much, {MAX_BYTES // 1_000_000} MB is the"
                " limit. Please split the file."
            )
        return path.read_bytes()
    except OSError as problem:
        raise CannotRead(f"{path.name} cannot be opened: {problem.strerror}.") from problem


def _decoded(content: bytes) -> str:
    if not content.strip(b"\xef\xbb\xbf \r\n\t"):
        raise CannotRead("The file is empty.")
    zero = content.find(b"\0")
    if zero >= 0:
        raise CannotRead(
            f"Line {_line(content, zero)} holds a zero byte: this is no text file."
            " Please export as CSV in UTF-8."
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise CannotRead(
            f"Line {_line(content, problem.start)} is not UTF-8."
            ' Please save the file again as "CSV UTF-8".'
        ) from problem


def _line(content: bytes, place: int) -> int:
    return content.count(b"\n", 0, place) + 1


def _rows(text: str) -> list[dict[str, str]]:
    csv.field_size_limit(_MAX_FIELD)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True)
    began = 1
    rows: list[dict[str, str]] = []
    header: list[str] | None = None
    try:
        for fields in reader:
            if header is None:
                header = _header(fields)
            elif fields:
                rows.append(_row(header, fields, began))
            if len(rows) > MAX_ROWS:
                raise CannotRead(f"More than {MAX_ROWS} rows: please split the file.")
            began = reader.line_num + 1
    except csv.Error as problem:
        raise CannotRead(
            f"The row that begins in line {began} cannot be read: a quotation mark is not closed,"
            f" or stands inside a field without being doubled ({problem})."
        ) from problem
    if not rows:
        raise CannotRead("The file has columns, but no rows.")
    return rows


def _header(fields: list[str]) -> list[str]:
    names = [field.strip() for field in fields]
    missing = [name for name in COLUMNS if name not in names]
    unknown = [name[:40] for name in names if name not in COLUMNS]
    if missing or unknown or len(names) != len(COLUMNS):
        said = [
            f"missing: {', '.join(missing)}" if missing else "",
            f"unknown: {', '.join(unknown)[:200]}" if unknown else "",
            "" if missing or unknown else "some stand there twice",
        ]
        raise CannotRead(
            "The columns are not those of the export (separator ;). "
            + "; ".join(part for part in said if part)
            + "."
        )
    return names


def _row(header: list[str], fields: list[str], line: int) -> dict[str, str]:
    if len(fields) != len(header):
        raise CannotRead(
            f"The row that begins in line {line} has {len(fields)} fields instead of {len(header)}:"
            " a quotation mark or a separator is missing there."
        )
    return dict(zip(header, fields, strict=True))
