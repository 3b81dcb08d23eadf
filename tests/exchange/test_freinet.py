"""A file is sound as a whole, or it is refused with one line that says where."""

from pathlib import Path

import pytest

from bruecke.exchange.freinet import COLUMNS, MAX_BYTES, CannotRead, read_export
from tests.support.freinet import export


def write(folder: Path, content: bytes) -> Path:
    file = folder / "offers.csv"
    file.write_bytes(content)
    return file


def refused(folder: Path, content: bytes) -> str:
    with pytest.raises(CannotRead) as said:
        read_export(write(folder, content))
    assert "\n" not in str(said.value)
    return str(said.value)


def test_a_sound_file_has_its_rows_in_order(tmp_path: Path) -> None:
    text = export({"id": "1", "name": 'Zwei\nZeilen; und "Zitat"'}, {"id": "2"})
    found = read_export(write(tmp_path, b"\xef\xbb\xbf" + text.encode()))
    assert [row["id"] for row in found.rows] == ["1", "2"]
    assert found.rows[0]["name"] == 'Zwei\nZeilen; und "Zitat"'
    assert found.source == "offers.csv" and len(found.digest) == 64


def test_the_order_of_columns_does_not_matter(tmp_path: Path) -> None:
    text = export({"id": "1"}, columns=tuple(reversed(COLUMNS)))
    assert read_export(write(tmp_path, text.encode())).rows[0]["id"] == "1"


def test_other_columns_are_named(tmp_path: Path) -> None:
    text = export({"id": "1"}).replace("timeframe_text", "zeiten", 1)
    said = refused(tmp_path, text.encode())
    assert "missing: timeframe_text" in said and "unknown: zeiten" in said
    assert "missing: id, name" in refused(tmp_path, export({}).replace(";", ",").encode())
    twice = export({}).replace("short", "id", 1).encode()
    assert "missing: short" in refused(tmp_path, twice)


def test_another_encoding_is_said_with_its_line(tmp_path: Path) -> None:
    text = export({"id": "1"}, {"id": "2", "name": "Küche"})
    assert "Line 3 is not UTF-8" in refused(tmp_path, text.encode("latin-1"))
    assert "zero byte" in refused(tmp_path, export({"id": "1"}).encode("utf-16"))


@pytest.mark.parametrize("name", ["Kochen am Freitag", "\n", '";"', 'x" y'])
def test_a_quotation_mark_that_is_not_closed_is_said_with_its_line(
    tmp_path: Path, name: str
) -> None:
    sound = export({"id": "1"}, {"id": "2", "name": "MARKE"}, {"id": "3"})
    broken = sound.replace("MARKE", f'"{name}')
    said = refused(tmp_path, broken.encode())
    assert "begins in line 3" in said or "begins in line 4" in said


def test_a_row_with_too_few_fields_is_said_with_its_line(tmp_path: Path) -> None:
    assert "line 3 has 2 fields" in refused(tmp_path, (export({}) + "1;2\n").encode())


def test_zero_bytes_and_binary_files_are_refused(tmp_path: Path) -> None:
    assert "Line 2 holds a zero byte" in refused(tmp_path, export({"name": "a\0b"}).encode())
    assert "zero byte" in refused(tmp_path, bytes(range(256)) * 10)


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\n\n \n"])
def test_an_empty_file_is_refused(tmp_path: Path, content: bytes) -> None:
    assert "empty" in refused(tmp_path, content)


def test_columns_without_rows_are_refused(tmp_path: Path) -> None:
    assert "no rows" in refused(tmp_path, export().encode())


def test_fifty_megabytes_are_refused_before_they_are_read(tmp_path: Path) -> None:
    file = tmp_path / "huge.csv"
    with file.open("wb") as sparse:
        sparse.truncate(50_000_000)
    with pytest.raises(CannotRead, match="50 MB are too much"):
        read_export(file)
    assert MAX_BYTES < 50_000_000


def test_a_field_that_never_ends_is_refused(tmp_path: Path) -> None:
    assert "cannot be read" in refused(tmp_path, export({"short": "x" * 300_000}).encode())


def test_a_folder_or_nothing_at_all_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nothing.csv"):
        with pytest.raises(CannotRead, match="no such file"):
            read_export(path)
