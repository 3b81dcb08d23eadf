"""`bruecke import` at the terminal: lines, sums that add up, and one line for what is wrong."""

import io
import re
from pathlib import Path

import pytest

from bruecke.cli import main
from bruecke.exchange import command
from bruecke.exchange.progress import Progress
from bruecke.store.tables import ImportBatch, Organisation, Posting
from tests.support.freinet import export
from tests.support.web import plant_region

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]

ROWS = ({"id": "1"}, {"id": "2", "wanted": "1000"}, {"id": "2"}, {"id": "x"})


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "offers.csv"
    path.write_text(export(*ROWS), encoding="utf-8")
    return str(path)


async def counts() -> tuple[int, int, int]:
    return await Posting.count(), await Organisation.count(), await ImportBatch.count()


async def test_a_dry_run_says_every_row_that_is_not_whole_and_changes_nothing(
    file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    await plant_region()
    await command.import_file(file, "kassel", write=False)
    said, wrong = capsys.readouterr()
    assert said.splitlines() == [
        "row 2 (2): 1000 places: 99 is the most",
        "row 3 (2): not taken: the same id stands in row 2 already",
        "row 4 (x): not taken: the id is not a number",
        "4 rows: 1 taken whole, 1 taken with a loss, 2 not taken.",
        "Of those taken: 2 new, 0 updated, 0 unchanged; 1 new organisations.",
        "Nothing was written to kassel: this was a dry run. Add --write to take it in.",
    ]
    assert wrong == "", "the bar is for terminals"
    assert await counts() == (0, 0, 0)


async def test_writing_names_the_batch_and_the_batch_is_taken_back(
    file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    await plant_region()
    await command.import_file(file, "kassel", write=True)
    batch = re.search(r"--undo=(\S+)", capsys.readouterr().out)
    assert batch and await counts() == (2, 1, 1)
    await command.undo(batch[1])
    assert "2 tasks removed" in capsys.readouterr().out
    assert await counts() == (0, 0, 1)
    for again, why in ((batch[1], "undone already"), ("nothing", "no import")):
        with pytest.raises(SystemExit, match=why):
            await command.undo(again)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (export(*ROWS).replace("targets", "ziele", 1).encode(), "unknown: ziele"),
        (export({"name": "Küche"}).encode("latin-1"), "Line 2 is not UTF-8"),
        (export({"name": "MARKE"}).replace("MARKE", '"offen').encode(), "quotation mark"),
        (bytes(range(256)), "zero byte"),
        (b"", "empty"),
        (export().encode(), "no rows"),
        (b"x" * 50_000_000, "50 MB are too much"),
    ],
    ids=["columns", "encoding", "quote", "binary", "empty", "header only", "50 MB"],
)
async def test_a_file_that_cannot_be_used_is_one_line_and_changes_nothing(
    content: bytes, why: str, tmp_path: Path
) -> None:
    await plant_region()
    path = tmp_path / "offers.csv"
    path.write_bytes(content)
    with pytest.raises(SystemExit) as said:
        await command.import_file(str(path), "kassel", write=True)
    message = str(said.value)
    assert why in message and message.startswith("Nothing was imported.") and "\n" not in message
    assert await counts() == (0, 0, 0)


async def test_an_unknown_region_is_one_line_and_changes_nothing(file: str) -> None:
    with pytest.raises(SystemExit, match='no region "kasel"'):
        await command.import_file(file, "kasel", write=True)
    assert await counts() == (0, 0, 0)


async def test_the_only_region_need_not_be_named_but_one_of_several_must(
    file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="none yet"):
        await command.import_file(file, "", write=False)
    await plant_region()
    await command.import_file(file, "", write=False)
    assert "Nothing was written to kassel" in capsys.readouterr().out
    await plant_region("witzenhausen", "Witzenhausen")
    with pytest.raises(SystemExit, match="--region: kassel, witzenhausen"):
        await command.import_file(file, "", write=False)


def test_the_command_asks_for_a_file_or_a_batch(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["import"], ["import", "offers.csv", "--undo", "x"]):
        with pytest.raises(SystemExit):
            main(arguments)
    assert "offers.csv" not in capsys.readouterr().out


class Terminal(io.StringIO):
    """A stream somebody looks at."""

    def isatty(self) -> bool:
        return True


def test_the_bar_grows_to_its_end_and_makes_room() -> None:
    stream = Terminal()
    progress = Progress(stream, "reading", 3)
    for _ in range(3):
        progress.tick()
    progress.end()
    assert "reading [" in stream.getvalue() and "3/3" in stream.getvalue()
    assert stream.getvalue().endswith("\r\033[K")
    silent = io.StringIO()
    Progress(silent, "reading", 3).tick(3)
    assert silent.getvalue() == ""
