"""Invented exports for tests of the import, and the way to a real one where it lies."""

import csv
import io
import os
from pathlib import Path

import pytest

from bruecke.exchange.freinet import COLUMNS

ROW: dict[str, str] = {
    "id": "4711",
    "name": "Kochen am Freitag",
    "org": "Roj Kulturhaus e.V.",
    "place": "Kassel",
    "address": "Musterweg 3, 34117 Kassel",
    "description_html": "<p>Wir kochen zusammen.</p><p>Alle essen mit.</p>",
    "org_description_html": "<p>Ein Haus f&uuml;r alle.</p>",
    "categories": "Organisieren und Verwalten",
    "targets": "Erwachsene",
    "districts": "Nordstadt - KS",
    "timeframe_text": "freitags 16-18 Uhr",
    "postcode": "34117",
    "street": "Musterweg 3",
    "lat": "51.31",
    "lon": "9.49",
    "short": "",
    "wanted": "2",
    "placed_ever": "0",
    "placed_now": "0",
    "created": "1700000000",
    "edited": "1700000000",
    "contactable": "1",
}


def export(*rows: dict[str, str], columns: tuple[str, ...] = COLUMNS) -> str:
    """An export as text; each row says only what is not as in ROW."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        told = {**ROW, **row}
        writer.writerow([told[name] for name in columns])
    return text.getvalue()


def real_export() -> Path:
    """The real file beside the checkout, or in BRUECKE_SHARED_DATA; skips where it is not."""
    beside = Path(__file__).resolve().parents[2].parent / "shared" / "data"
    folder = Path(os.environ.get("BRUECKE_SHARED_DATA", str(beside)))
    file = folder / "essen_freinet_offers.csv"
    if not file.is_file():
        pytest.skip("the real export does not lie beside this checkout")
    return file
