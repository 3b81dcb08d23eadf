"""Modules say what they answer for, stay short, and public rules explain themselves."""

import ast
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

import pytest

from tests.house.tree import ROOT, modules, name_of, own_files

LONGEST = 250
VAGUE = {"utils", "util", "helpers", "helper", "manager", "service", "services", "base", "common",
         "misc", "core", "tools"}  # fmt: skip
EXPLAINED = ("src/bruecke/domain/", "src/bruecke/actions/")


@pytest.mark.parametrize("path", modules())
def test_a_module_begins_with_what_it_answers_for(path: str) -> None:
    said = ast.get_docstring(modules()[path])
    assert said, f"{path} has no docstring"
    first = said.split("\n\n")[0]
    assert first[-1] in ".?!:;", f"{path}: {first}"


@pytest.mark.parametrize("path", modules())
def test_a_module_is_short(path: str) -> None:
    assert len((ROOT / path).read_text().splitlines()) <= LONGEST


def test_templates_styles_and_scripts_are_short_too() -> None:
    long = [
        name_of(path)
        for path in own_files()
        if path.suffix in (".html", ".css", ".js")
        and "vendor" not in path.parts
        and len(path.read_text().splitlines()) > LONGEST
    ]
    assert long == []


@pytest.mark.parametrize("path", modules())
def test_a_module_has_a_name_that_says_something(path: str) -> None:
    assert not VAGUE.intersection(PurePosixPath(path).with_suffix("").parts)


def _public(body: list[ast.stmt], inside: str = "") -> Iterator[tuple[str, ast.AST]]:
    for node in body:
        if not isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if node.name.startswith("_"):
            continue
        yield inside + node.name, node
        if isinstance(node, ast.ClassDef):
            yield from _public(node.body, f"{node.name}.")


@pytest.mark.parametrize("path", [path for path in modules() if path.startswith(EXPLAINED)])
def test_what_is_public_in_domain_and_actions_explains_itself(path: str) -> None:
    silent = [
        name
        for name, node in _public(modules()[path].body)
        if not ast.get_docstring(node)  # type: ignore[arg-type]
    ]
    assert silent == []


@pytest.mark.parametrize("path", modules())
def test_a_module_reads_the_clock_only_through_the_clock(path: str) -> None:
    if path == "src/bruecke/clock.py":
        return
    text = (ROOT / path).read_text()
    assert not re.search(r"\btime\.time\(|datetime\.(?:now|utcnow|today)\(|date\.today\(", text)


@pytest.mark.parametrize("path", [path for path in modules() if "/web/" in path])
def test_no_page_writes_into_the_database(path: str) -> None:
    text = (ROOT / path).read_text()
    assert "bruecke.store.transaction" not in text
    assert "bruecke.store.tables" not in text


def test_every_test_file_says_what_it_is_about() -> None:
    silent = [
        name_of(path)
        for path in own_files()
        if path.suffix == ".py"
        and "tests" in path.parts
        and path.name != "__init__.py"
        and "sample_migrations" not in path.parts
        and not ast.get_docstring(ast.parse(path.read_text()))
    ]
    assert silent == []
