"""Handlers and templates agree: every page gets what it asks for, and every answer is shown."""

import ast
import re
from collections.abc import Iterator

from jinja2 import meta, nodes

from bruecke.web.http.render import DONE
from tests.house.tree import (
    ROOT,
    called,
    environment,
    modules,
    parsed_templates,
    template_sources,
)

# What `bruecke.web.http.render.page` gives to every template.
GIVEN = {
    "layout", "language", "me", "csrf", "idempotency_key", "desk_name", "path", "done", "demo",
    "caller", "loop", "request",
}  # fmt: skip


def _pages() -> Iterator[tuple[str, str, set[str] | None]]:
    """Every `page(request, "noun/name.html", ...)`: where, which template, what it is given."""
    for path, tree in modules().items():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or called(node) != "page" or len(node.args) < 2:
                continue
            target = node.args[1]
            named = [keyword.arg for keyword in node.keywords]
            if isinstance(target, ast.Constant):
                given = None if None in named else {name for name in named if name}
                yield f"{path}:{node.lineno}", str(target.value), given


def test_every_page_has_its_template_and_every_template_its_page() -> None:
    missing = [f"{where} {name}" for where, name, _ in _pages() if name not in template_sources()]
    used = {name for _, name, _ in _pages()}
    for tree in parsed_templates().values():
        used |= {name for name in meta.find_referenced_templates(tree) if name}
    # `{% extends layout %}` names one of these two (bruecke.web.http.render).
    unused = set(template_sources()) - used - {"layout.html", "fragment.html"}
    assert (missing, sorted(unused)) == ([], [])


def _asked_for(name: str, seen: frozenset[str] = frozenset()) -> set[str]:
    tree = parsed_templates()[name]
    asked = meta.find_undeclared_variables(tree)
    for include in tree.find_all(nodes.Include):
        target = getattr(include.template, "value", "")
        if target and target not in seen:
            asked |= _asked_for(target, seen | {name})
    tested = {
        node.node.name
        for node in tree.find_all(nodes.Test)
        if node.name in ("defined", "undefined") and isinstance(node.node, nodes.Name)
    }
    # Blocks see what their template imports or sets; Jinja's own list does not know that.
    known = {
        given if isinstance(given, str) else given[1]
        for node in tree.find_all(nodes.FromImport)
        for given in node.names
    }
    known |= {node.name for node in tree.find_all(nodes.Name) if node.ctx == "store"}
    known |= {node.name for node in tree.find_all(nodes.Macro)}
    return asked - known - tested - GIVEN - set(environment().globals)


def test_every_page_gives_its_template_what_it_asks_for() -> None:
    lacking = [
        f"{where} {name}: {sorted(_asked_for(name) - given)}"
        for where, name, given in _pages()
        if given is not None and name in template_sources() and _asked_for(name) - given
    ]
    assert lacking == []


def test_what_was_done_is_known_said_and_meant() -> None:
    """`?done=x` leads to a page that answers it; `render.DONE` lets nothing else through."""
    sent = {
        word
        for path in modules()
        for word in re.findall(r"[?&]done=([a-z_]+)", (ROOT / path).read_text())
    }
    text = "\n".join(template_sources().values())
    answered = set()
    for condition in re.findall(r"\bdone\s*(?:==|in)\s*(\([^)]*\)|'[^']*')", text):
        answered |= set(re.findall(r"'([a-z_]+)'", condition))
    assert (sorted(sent - DONE), sorted(DONE - sent), sorted(sent - answered)) == ([], [], [])
