"""What lies where in this repository, and how the house tests read it."""

import ast
import functools
import re
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, nodes

from bruecke.language import templates as jinja
from bruecke.web.http.assets import asset_url

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "bruecke"
TEMPLATES = ROOT / "templates"
CATALOGS = PACKAGE / "language" / "catalogs"

_MADE = {
    ".git", ".venv", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", "__pycache__",
    ".import_linter_cache", "data", "dist", "test-results", "build",
}  # fmt: skip
_COMMENT = re.compile(r"{#.*?#}", re.DOTALL)


def name_of(path: Path) -> str:
    """As it is written in docs and messages: from the root, with slashes."""
    return path.relative_to(ROOT).as_posix()


def own_files() -> Iterator[Path]:
    """Every file of the repository that somebody wrote."""
    for path in sorted(ROOT.rglob("*")):
        inside = path.relative_to(ROOT).parts
        if path.is_file() and not _MADE.intersection(inside) and "egg-info" not in str(path):
            yield path


@functools.cache
def modules() -> dict[str, ast.Module]:
    """Every module of the package, parsed, by its path from the root."""
    return {
        name_of(path): ast.parse(path.read_text())
        for path in sorted(PACKAGE.rglob("*.py"))
        if "__pycache__" not in path.parts
    }


@functools.cache
def environment() -> Environment:
    """The Jinja set-up pages use."""
    return jinja.environment(asset_url)


@functools.cache
def template_sources() -> dict[str, str]:
    """Every template without its comments, by the name pages use."""
    return {
        path.relative_to(TEMPLATES).as_posix(): _COMMENT.sub("", path.read_text())
        for path in sorted(TEMPLATES.rglob("*.html"))
    }


@functools.cache
def parsed_templates() -> dict[str, nodes.Template]:
    """Every template as Jinja's own tree."""
    return {name: environment().parse(text) for name, text in template_sources().items()}


def called(node: ast.Call) -> str:
    """The last name of what is called: `text` for `catalog.text(...)`."""
    return getattr(node.func, "attr", getattr(node.func, "id", ""))
