"""Every setting is explained where an operator looks for it."""

import re

import pytest

from bruecke.settings import PREFIX, Settings, SettingsError, read
from tests.house.tree import ROOT

NAMES = [PREFIX + field.upper() for field in Settings.__struct_fields__]
EXAMPLE = (ROOT / ".env.example").read_text()
OPERATE = (ROOT / "docs" / "operate.md").read_text()


@pytest.mark.parametrize("name", NAMES)
def test_a_setting_stands_in_the_example_and_in_the_guide(name: str) -> None:
    assert re.search(rf"^#? ?{name}=", EXAMPLE, re.MULTILINE), ".env.example"
    assert re.search(rf"^\| `{name}` \|", OPERATE, re.MULTILINE), "docs/operate.md"


def test_nothing_is_explained_that_does_not_exist() -> None:
    told = set(re.findall(rf"{PREFIX}[A-Z_]+[A-Z]", EXAMPLE + OPERATE))
    assert told - set(NAMES) == set()


def test_the_example_is_read_without_complaint(tmp_path: object) -> None:
    given = dict(re.findall(r"^# ?(BRUECKE_\w+)=(.*)$", EXAMPLE, re.MULTILINE))
    given["BRUECKE_DATA_DIR"] = str(tmp_path)
    assert read(given).base_url == given["BRUECKE_BASE_URL"]


def test_the_defaults_in_the_guide_are_the_defaults(tmp_path: object) -> None:
    found = read({"BRUECKE_DATA_DIR": str(tmp_path)})
    rows = dict(re.findall(r"^\| `(BRUECKE_\w+)` \| `([^`]*)` \|", OPERATE, re.MULTILINE))
    for name, said in rows.items():
        value = getattr(found, name.removeprefix(PREFIX).lower())
        if name not in ("BRUECKE_DATA_DIR", "BRUECKE_DATABASE_URL", "BRUECKE_SECRET_KEY"):
            shown = {True: "1", False: "0"}.get(value, value) if isinstance(value, bool) else value
            assert said == shown, name


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BRUECKE_BASE_URL", "bruecke.example.org"),
        ("BRUECKE_SECRET_KEY", "too short"),
        ("BRUECKE_WORKER", "outside"),
        ("BRUECKE_DEMO", "perhaps"),
    ],
)
def test_a_setting_that_cannot_be_used_stops_the_start(
    name: str, value: str, tmp_path: object
) -> None:
    with pytest.raises(SettingsError, match="BRUECKE_"):
        read({"BRUECKE_DATA_DIR": str(tmp_path), name: value})
