"""Templates keep the CSP, the htmx house rules and the way without JavaScript."""

import re
from collections.abc import Iterator
from functools import cache

import pytest

from bruecke.app import create_app
from bruecke.web.http.routes import handlers_of
from tests.house.markup import Tag, all_tags
from tests.house.tree import environment, template_sources

HX = {
    "hx-get", "hx-post", "hx-target", "hx-swap", "hx-push-url", "hx-sync", "hx-indicator",
    "hx-status:422", "hx-include", "hx-trigger", "hx-preserve", "hx-partial",
}  # fmt: skip
SWAPS = {"innerHTML", "outerHTML", "innerMorph", "beforeend", "delete"}
EXPRESSION = re.compile(r"{{.*?}}")


def _lines(pattern: str) -> list[str]:
    found = re.compile(pattern, re.IGNORECASE)
    return [
        f"{name}:{number} {line.strip()[:80]}"
        for name, text in template_sources().items()
        for number, line in enumerate(text.splitlines(), 1)
        if found.search(line)
    ]


@pytest.mark.parametrize("name", template_sources())
def test_every_template_compiles(name: str) -> None:
    assert environment().get_template(name)


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("a style attribute", r"""\bstyle\s*=|['"]style['"]\s*:"""),
        ("a style element", r"<style"),
        ("a handler attribute", r"""<[^>]*\son[a-z]+\s*=|['"]on[a-z]+['"]\s*:"""),
        ("hx-on", r"hx-on"),
        ("js: or javascript:", r"""["'(\s]js:|javascript:"""),
        ("|safe, which turns escaping off", r"\|\s*safe\b|autoescape\s+false|Markup\("),
        ("a condition in hx-trigger", r"hx-trigger=[\"'][^\"']*\["),
        ("polling", r"hx-trigger=[\"'][^\"']*\bevery\b"),
        ("another host", r"""(?:src|href|action)=["'](?:https?:)?//"""),
        ("a physical side", r"""\b(?:align|dir)=["'](?:left|right)"""),
    ],
)
def test_no_template_holds(what: str, pattern: str) -> None:
    assert _lines(pattern) == [], what


def test_scripts_are_files_of_ours_and_empty() -> None:
    wrong = [
        tag.where
        for tag in all_tags()
        if tag.name == "script"
        and (tag.words or not tag.attributes.get("src", "").startswith("{{asset("))
    ]
    assert wrong == []


def test_only_the_allowed_htmx_attributes_are_used() -> None:
    used = {
        (name, attribute)
        for name, text in template_sources().items()
        for attribute in re.findall(r"(?<![\w-])hx-[\w:-]+", text)
    }
    assert sorted(pair for pair in used if pair[1] not in HX) == []
    swaps = [
        f"{tag.where} {tag.attributes['hx-swap']}"
        for tag in all_tags()
        if tag.attributes.get("hx-swap", "innerHTML").split(" ")[0] not in SWAPS
    ]
    assert swaps == []


def test_every_hx_post_sits_on_a_form_that_works_without_it() -> None:
    wrong = []
    for tag in all_tags():
        if "hx-post" not in tag.attributes:
            continue
        works = (
            tag.name == "form"
            and tag.attributes.get("method") == "post"
            and tag.attributes.get("action") == tag.attributes["hx-post"]
        )
        # A second press while the first is under way must not send twice.
        if not works or tag.attributes.get("hx-sync") != "this:drop":
            wrong.append(tag.where)
    assert wrong == []


def test_every_hx_get_sits_on_a_link_or_form_with_the_same_address() -> None:
    wrong = [
        tag.where
        for tag in all_tags()
        if "hx-get" in tag.attributes
        and tag.attributes["hx-get"]
        not in (
            tag.attributes.get("href") if tag.name == "a" else None,
            tag.attributes.get("action") if tag.name == "form" else None,
        )
    ]
    assert wrong == []


@cache
def _routes(method: str) -> list[tuple[re.Pattern[str], str]]:
    return [
        (re.compile(re.sub(r"{[^}]+}", r"[^/]+", path)), str(handler.opt["csrf"]))
        for path, verb, handler in handlers_of(create_app())
        if verb == method
    ]


def _csrf_of(action: str, routes: list[tuple[re.Pattern[str], str]]) -> set[str]:
    path = EXPRESSION.sub("x", action.partition("?")[0].partition("#")[0])
    return {csrf for pattern, csrf in routes if pattern.fullmatch(path)}


def _post_forms() -> Iterator[Tag]:
    for tag in all_tags():
        if tag.name == "form" and tag.attributes.get("method", "get").lower() == "post":
            yield tag


def test_every_form_posts_to_a_route_of_ours() -> None:
    routes = _routes("POST")
    lost = [
        f"{form.where} {form.attributes.get('action', '')}"
        for form in _post_forms()
        if not form.attributes.get("action", "").startswith("{{")
        and not _csrf_of(form.attributes.get("action", ""), routes)
    ]
    assert lost == []


def test_every_form_carries_the_token_of_the_login_where_its_route_asks_for_it() -> None:
    routes = _routes("POST")
    bare = []
    for form in _post_forms():
        kinds = _csrf_of(form.attributes.get("action", ""), routes) or {"login"}
        carries = any("csrf_field()" in expression for expression in form.inside)
        if "login" in kinds and not carries:
            bare.append(form.where)
    assert bare == []


def test_every_form_says_its_method() -> None:
    silent = [t.where for t in all_tags() if t.name == "form" and "method" not in t.attributes]
    assert silent == []


def test_every_link_that_is_written_out_leads_to_a_page() -> None:
    routes = _routes("GET")
    lost = []
    for name, text in template_sources().items():
        hrefs = re.findall(r'href="(/[^"{]*)"', text)
        hrefs += re.findall(r"(?:link_button|back_link)\([^\n]*?, '(/[^'~]*)'[,)]", text)
        lost += [
            f"{name} {href}"
            for href in sorted(set(hrefs))
            if not _csrf_of(href.replace("&amp;", "&"), routes)
        ]
    assert lost == []


def test_a_fragment_begins_with_an_underscore() -> None:
    whole = [
        name
        for name, text in template_sources().items()
        if "/" in name
        and not name.startswith("components/")
        and ("{% extends" in text) == name.rpartition("/")[2].startswith("_")
    ]
    assert whole == [], "pages extend the layout, fragments begin with _"
