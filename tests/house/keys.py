"""Which text keys the program asks for: written out, or made from a beginning and something."""

import ast
import re
from collections.abc import Iterator

import msgspec
from jinja2 import nodes

from bruecke.domain.sign_in import LIMITS
from tests.house.tree import called, modules, parsed_templates

# Functions whose first argument is a text key.
IN_TEMPLATES = {"_", "plain", "ngettext"}
IN_CODE = {"text", "count", "html", "html_count", "DomainError", "Reason", "FieldError"}
_KEY = re.compile(r"[a-z_]+(?:\.[a-z0-9_-]+)+(?<!\.html)")


class Use(msgspec.Struct, frozen=True):
    """One place that asks for a text. `key` is a pattern where `made` is true.

    `fields` are what it fills in, None where that cannot be read.
    """

    where: str
    key: str
    made: bool = False
    fields: frozenset[str] | None = None


def uses() -> Iterator[Use]:
    """Every text that templates and code ask for."""
    for name, template in parsed_templates().items():
        for call in template.find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name in IN_TEMPLATES and call.args:
                fields = {keyword.key for keyword in call.kwargs}
                if call.node.name == "ngettext":
                    fields.add("n")
                for made, key in _of_template(call.args[0]):
                    yield Use(f"{name}:{call.lineno}", key, made, frozenset(fields))
    for path, tree in modules().items():
        for node in ast.walk(tree):
            for made, key in _of_code(node):
                yield Use(f"{path}:{getattr(node, 'lineno', 0)}", key, made)


def _of_template(node: nodes.Node) -> Iterator[tuple[bool, str]]:
    if isinstance(node, nodes.Const):
        yield False, str(node.value)
    elif isinstance(node, nodes.CondExpr):
        yield from _of_template(node.expr1)
        if node.expr2 is not None:
            yield from _of_template(node.expr2)
    elif isinstance(node, nodes.Concat | nodes.Add):
        parts = node.nodes if isinstance(node, nodes.Concat) else [node.left, node.right]
        yield (
            True,
            "".join(
                re.escape(str(part.value)) if isinstance(part, nodes.Const) else ".+"
                for part in parts
            ),
        )


def _of_code(node: ast.AST) -> Iterator[tuple[bool, str]]:
    """Arguments of the functions above; tables of keys (`ERRORS`, tabs) are found by their look."""
    if isinstance(node, ast.Call) and node.args and called(node) in IN_CODE:
        yield from _spelled(node.args[0])


def _spelled(node: ast.expr) -> Iterator[tuple[bool, str]]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        if _KEY.fullmatch(node.value):
            yield False, node.value
    elif isinstance(node, ast.IfExp):
        yield from _spelled(node.body)
        yield from _spelled(node.orelse)
    elif isinstance(node, ast.JoinedStr):
        parts = [
            re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+"
            for part in node.values
        ]
        yield True, "".join(parts)
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        sides = [next(_spelled(side), (True, ".+")) for side in (node.left, node.right)]
        left = node.left.value if isinstance(node.left, ast.Constant) else None
        if isinstance(left, str):
            yield True, re.escape(left) + ".+"
        elif sides:
            yield True, ".+".join(re.escape(key) for made, key in sides if not made)


def written() -> Iterator[tuple[str, str]]:
    """Every string that looks like a key: (where, string), in code and in templates."""
    for path, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                if _KEY.fullmatch(node.value) and node.value not in LIMITS:
                    yield f"{path}:{node.lineno}", node.value
            elif isinstance(node, ast.JoinedStr):
                for _, pattern in _spelled(node):
                    yield f"{path}:{node.lineno}", pattern
    for name, template in parsed_templates().items():
        for const in template.find_all(nodes.Const):
            if isinstance(const.value, str) and _KEY.fullmatch(const.value):
                yield f"{name}:{const.lineno}", const.value
