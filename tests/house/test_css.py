"""Stylesheets read the same from both sides, weigh little, and know every class pages use."""

import gzip
import re
from functools import cache
from pathlib import Path

from jinja2 import nodes

from bruecke.web.http.assets import assets
from tests.house.markup import all_tags
from tests.house.tree import ROOT, name_of, parsed_templates, template_sources

STATIC = ROOT / "static"
CSS = {name_of(path): path.read_text() for path in sorted((STATIC / "css").glob("*.css"))}
KB = 1024
# [hidden] must win over every display; so must what modes and print change.
MAY_FORCE = {"reset.css": 1, "utilities.css": 2, "modes.css": 3, "print.css": 3}
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_CLASS = re.compile(r"\.(-?[a-zA-Z_][\w-]*)")
_SIDES = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right)"
    r"|border-(?:top|bottom)-(?:left|right)-radius|(?:left|right)\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right))"
)
# Set by the script or by htmx while a page lives.
BY_SCRIPT = {"js", "htmx-request", "htmx-indicator", "htmx-swapping", "htmx-settling"}


def _plain(css: str) -> str:
    return re.sub(r'url\([^)]*\)|"[^"]*"', "", _COMMENT.sub("", css))


@cache
def _styled() -> set[str]:
    found: set[str] = set()
    for css in CSS.values():
        for selector in re.findall(r"([^{}]+){", _plain(css)):
            found |= set(_CLASS.findall(selector))
    return found


def _worn() -> dict[str, str]:
    """Every class that stands written out in a template, and one place where."""
    found: dict[str, str] = {}
    for tag in all_tags():
        text = re.sub(r"{{(.*?)}}", _token, tag.attributes.get("class", ""))
        found.update(dict.fromkeys(filter(_is_whole, text.split()), tag.where))
    for name, tree in parsed_templates().items():
        for keyword in tree.find_all(nodes.Keyword):
            if keyword.key == "class" and isinstance(keyword.value, nodes.Const):
                found.update(dict.fromkeys(str(keyword.value.value).split(), name))
    for name, text in template_sources().items():
        for block in re.findall(r"{% block (?:body|main)_class %}([^{]*){%", text):
            found.update(dict.fromkeys(block.split(), name))
    return found


def _token(expression: re.Match[str]) -> str:
    # class="btn{{ ' ' ~ kind }}": "btn" is whole, because what follows begins with a space.
    return " " if re.match(r"\s*'( |$| has| on| key)", expression[1]) else "\0"


def _is_whole(name: str) -> bool:
    return "\0" not in name


def test_no_rule_knows_left_from_right() -> None:
    found = [
        f"{name}: {hit[0]}" for name, css in CSS.items() for hit in _SIDES.finditer(_plain(css))
    ]
    assert found == []


def test_stylesheets_load_nothing_and_force_nothing() -> None:
    for name, css in CSS.items():
        assert not re.search(r"@import|https?:|url\(\s*['\"]?(?!data:|/static/|#)", css), name
        assert css.count("!important") <= MAY_FORCE.get(name.rpartition("/")[2], 0), name


def test_every_stylesheet_and_script_is_joined_once() -> None:
    for folder, suffix in (("css", ".css"), ("js", ".js")):
        order = (STATIC / folder / "order.txt").read_text().split()
        there = [path.name for path in (STATIC / folder).glob(f"*{suffix}")]
        assert sorted(order) == sorted(there)


def test_the_layers_are_named_in_their_order() -> None:
    said = "@layer reset, tokens, base, layout, components, pages, utilities;"
    assert said in assets()["app.css"].body.decode()


def _gz(*parts: bytes) -> int:
    return len(gzip.compress(b"\n".join(parts), 9))


def test_the_weights_hold() -> None:
    own = assets()
    scripts = [asset.body for name, asset in own.items() if name.startswith(("app.js", "js/"))]
    assert _gz(own["app.css"].body) <= 8 * KB
    assert sum(map(_gz, scripts)) <= 6 * KB
    assert _gz(own["icons/sprite.svg"].body) <= 6 * KB
    assert _gz((STATIC / "sw.js").read_bytes()) <= 3 * KB


def test_every_class_a_template_wears_is_styled() -> None:
    bare = {name: where for name, where in _worn().items() if name not in _styled()}
    assert bare == {}


def test_every_styled_class_is_worn_somewhere() -> None:
    texts = [*template_sources().values()]
    texts += [path.read_text() for path in (STATIC / "js").rglob("*.js")]
    words = set(re.findall(r"[\w-]+", "\n".join(texts)))
    assert sorted(_styled() - words - BY_SCRIPT) == []


def test_every_icon_a_template_names_is_in_the_sprite() -> None:
    sprite = (STATIC / "icons" / "sprite.svg").read_text()
    there = set(re.findall(r'<symbol[^>]*\bid="([\w-]+)"', sprite))
    named = {
        icon
        for text in template_sources().values()
        for icon in re.findall(r"\bicon(?:_name)?(?:\(|=)\s*['\"]([\w-]+)['\"]", text)
    }
    assert named - there == set()


def test_vendored_files_carry_licence_and_hash() -> None:
    import base64
    import hashlib

    vendor = STATIC / "vendor"
    lines = dict(
        reversed(line.split()) for line in (vendor / "HASHES").read_text().splitlines() if line
    )
    scripts: list[Path] = sorted(vendor.glob("*.js"))
    assert {path.name for path in scripts} == set(lines)
    for path in scripts:
        digest = base64.b64encode(hashlib.sha384(path.read_bytes()).digest()).decode()
        assert lines[path.name] == f"sha384-{digest}", path.name
        assert (vendor / f"LICENSE-{path.name.partition('-')[0]}.txt").exists()
