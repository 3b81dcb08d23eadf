"""The docs tell the truth about files and links, and no text holds a path of one machine."""

import re
from pathlib import Path

import pytest

from tests.house.tree import PACKAGE, ROOT, name_of, own_files

DOCS = [path for path in own_files() if path.suffix == ".md" and "reference" not in path.parts]
GUIDES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
ADRS = sorted((ROOT / "docs" / "adr").glob("*.md"))

_QUOTED = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_PATH = re.compile(r"[\w.*<>{}-]+(?:/[\w.*<>{}-]+)*/?")
_FILE = re.compile(r"\.(?:py|md|html|css|js|po|txt|toml|json|lock|svg|png|example)$")
# Made while the program or the tests run.
MADE = {"data", "data/secret.key", "data/bruecke.sqlite3", "data/demo", "secret.key",
        "data/vapid.pem", "vapid.pem"}  # fmt: skip
# Spelled in two parts, so that this file does not find itself.
MACHINE = [
    "/" + folder for folder in ("work/", "tmp/", "root/", "workspace/", "Users/", "opt/pypi")
]


def _named(path: Path) -> set[str]:
    """What looks like a path of this repository between back-ticks."""
    text = re.sub(r"```.*?```", "", path.read_text(), flags=re.DOTALL)
    found = set()
    for quoted in _QUOTED.findall(text):
        if _PATH.fullmatch(quoted) and ("/" in quoted or _FILE.search(quoted)):
            found.add(quoted)
    return found


def _exists(named: str) -> bool:
    if named in MADE or named.split("/")[0] in ("http:", "https:"):
        return True
    pattern = re.sub(r"<[^>]+>|{[^}]+}|NNNN", "*", named).rstrip("/")
    return any(next(iter(base.glob(pattern)), None) for base in (ROOT, PACKAGE, ROOT / "docs"))


@pytest.mark.parametrize("path", GUIDES, ids=name_of)
def test_every_path_a_guide_names_exists(path: Path) -> None:
    lost = sorted(named for named in _named(path) if not _exists(named))
    assert lost == []


@pytest.mark.parametrize("path", DOCS, ids=name_of)
def test_every_link_leads_somewhere(path: Path) -> None:
    lost = []
    text = path.read_text()
    for target in [*_LINK.findall(text), *re.findall(r'<img src="([^"]+)"', text)]:
        place, _, anchor = target.partition("#")
        if target.startswith(("https://", "http://", "mailto:")):
            continue
        file = path.parent / place if place else path
        if not file.exists():
            lost.append(target)
        elif anchor and file.suffix == ".md":
            heads = re.findall(r"^#+ (.+)$", file.read_text(), re.MULTILINE)
            slugs = {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}
            if anchor not in slugs:
                lost.append(target)
    assert lost == []


def test_no_text_holds_a_path_of_one_machine() -> None:
    found = []
    for path in own_files():
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue
        found += [f"{name_of(path)}: {machine}" for machine in MACHINE if machine in text]
    assert found == []


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = [path.name[:4] for path in ADRS]
    assert numbers == [f"{number:04}" for number in range(1, len(ADRS) + 1)]


@pytest.mark.parametrize("path", ADRS, ids=name_of)
def test_a_decision_says_why_and_what_follows(path: Path) -> None:
    text = path.read_text()
    assert text.startswith(f"# {path.name[:4]} "), "the title begins with the number"
    assert re.search(r"^\d{4}-\d\d-\d\d$", text, re.MULTILINE), "a date on a line of its own"
    for part in ("Context", "Decision", "Consequences"):
        assert f"\n## {part}\n" in text, part
    assert len(text.split()) < 450, "half a page"


def test_the_guide_to_the_code_fits_on_a_page() -> None:
    assert len((ROOT / "docs" / "ARCHITECTURE.md").read_text().splitlines()) <= 130


def test_the_privacy_page_tells_how_long_every_table_is_kept() -> None:
    from bruecke.store.catalogue import CATALOGUE

    told = (ROOT / "docs" / "privacy.md").read_text()
    for table, rule in CATALOGUE.items():
        by_itself = "by itself" if rule.swept_by else "with it" if rule.lives_with else ""
        row = re.search(rf"^\| `{table}` \| (.*) \| (.*) \|$", told, re.MULTILINE)
        assert row, table
        assert row[1] == rule.keep, table
        assert by_itself in row[2], table
