"""The data catalogue says of every column what it is for, and nothing is asked that must not be."""

import importlib
import re
from collections.abc import Iterator
from itertools import pairwise

import msgspec
import pytest
from piccolo.columns import ForeignKey
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from bruecke.store.catalogue import CATALOGUE
from bruecke.store.tables import TABLES, Person
from bruecke.web.http.forms import Form
from tests.house.tree import environment, modules, template_sources

BY_NAME: dict[str, type[Table]] = {table._meta.tablename: table for table in TABLES}

# What we refuse to know: words no column, field or export may carry, as whole parts of its name.
REFUSED = {
    "nationality", "nationalities", "citizenship", "passport", "residence", "residency", "visa",
    "asylum", "refugee", "migrant", "birth", "birthday", "birthdate", "birthplace", "born",
    "religion", "religious", "faith", "confession", "church", "mosque", "ethnic", "ethnicity",
    "race", "descent", "health", "disability", "illness", "diagnosis", "street", "housenumber",
    "photo", "portrait", "picture", "avatar", "image", "gender", "sex", "salutation", "iban",
    "bank", "offence", "conviction", "beneficiary", "scan", "attachment", "upload", "income",
}  # fmt: skip
REFUSED_PAIRS = {
    ("mother", "tongue"), ("native", "language"), ("country", "origin"), ("home", "country"),
    ("house", "number"), ("id", "number"), ("home", "address"), ("residence", "status"),
    ("date", "birth"), ("year", "birth"), ("tax", "id"),
}  # fmt: skip
SOON = 1


def _refused(name: str) -> bool:
    parts = [part for part in re.split(r"[_\-.]", name.lower()) if part != "of"]
    return bool(REFUSED.intersection(parts)) or any(
        pair in REFUSED_PAIRS for pair in pairwise(parts)
    )


def _to_person(table: type[Table]) -> dict[str, OnDelete]:
    return {
        column._meta.name: column._foreign_key_meta.on_delete
        for column in table._meta.columns
        if isinstance(column, ForeignKey) and column._foreign_key_meta.resolved_references is Person
    }


@pytest.mark.parametrize("name", BY_NAME)
def test_every_column_has_a_tag_and_every_tag_a_column(name: str) -> None:
    there = {column._meta.name for column in BY_NAME[name]._meta.columns}
    tagged = set(CATALOGUE[name].columns) if name in CATALOGUE else set()
    assert there - tagged == set(), f"{name}: no tag in bruecke/store/catalogue"
    assert tagged - there == set(), f"{name}: a tag without a column"


def test_no_rule_is_left_over_from_a_table_that_is_gone() -> None:
    assert set(CATALOGUE) == set(BY_NAME)


@pytest.mark.parametrize("name", BY_NAME)
def test_every_row_ends_at_some_time_or_with_something(name: str) -> None:
    rule = CATALOGUE[name]
    assert rule.keep
    assert not (rule.lives_with and rule.days)
    if rule.lives_with:
        parent = BY_NAME[rule.lives_with]
        links = [
            column._foreign_key_meta.resolved_references
            for column in BY_NAME[name]._meta.columns
            if isinstance(column, ForeignKey)
        ]
        assert parent in links
    if any(tag.person for tag in rule.columns.values()):
        limited = rule.days is not None or rule.lives_with or name == "organisation"
        assert limited, f"{name} keeps data of persons without an end"


@pytest.mark.parametrize("name", [name for name, rule in CATALOGUE.items() if rule.swept_by])
def test_what_is_said_to_end_by_itself_has_a_function_the_sweep_calls(name: str) -> None:
    module, _, function = CATALOGUE[name].swept_by.rpartition(".")
    assert callable(getattr(importlib.import_module(module), function))
    from bruecke.delivery import sweep

    assert hasattr(sweep, module.rpartition(".")[2])


@pytest.mark.parametrize("name", BY_NAME)
def test_tags_do_not_contradict_each_other(name: str) -> None:
    tags = CATALOGUE[name].columns
    for column, tag in tags.items():
        about = f"{name}.{column}"
        assert tag.purpose, about
        assert not (tag.kind == "secret" and tag.export), f"{about}: a secret is never exported"
        assert not (tag.export and not tag.person), f"{about}: exported, yet of no person"
        assert not (tag.erase == "keep" and tag.person), f"{about}: a person's data outlives it"
        assert tag.person or tag.erase == "keep", f"{about}: of no person, yet erased"
        if tag.person and tag.kind in ("contact", "content"):
            assert tag.export, f"{about}: told by or about a person, yet not in its export"
    gone = [tag.erase == "delete" for tag in tags.values()]
    assert all(gone) or not any(gone), f"{name}: a row cannot go in part"


@pytest.mark.parametrize("name", BY_NAME)
def test_every_row_about_a_person_is_found_when_the_person_is_erased(name: str) -> None:
    rule, links = CATALOGUE[name], _to_person(BY_NAME[name])
    for column in rule.found_by:
        assert rule.columns[column].person, f"{name}.{column}"
    assert set(links) <= set(rule.found_by), f"{name}: a link to persons is not in found_by"
    if any(tag.person for tag in rule.columns.values()):
        soon = rule.days is not None and rule.days <= SOON and rule.swept_by
        assert rule.found_by or soon, f"{name}: no way from a person to its rows"


@pytest.mark.parametrize("name", BY_NAME)
def test_the_database_itself_never_keeps_a_link_to_an_erased_person(name: str) -> None:
    rule = CATALOGUE[name]
    for column, on_delete in _to_person(BY_NAME[name]).items():
        assert on_delete in (OnDelete.cascade, OnDelete.set_null), f"{name}.{column}"
        if on_delete is OnDelete.cascade:
            erased = {tag.erase for tag in rule.columns.values()}
            assert erased == {"delete"}, f"{name}: the row goes with the person, its tags differ"


def _form_fields() -> Iterator[str]:
    for path in modules():
        if path.startswith("src/bruecke/web/") and not path.endswith("__init__.py"):
            importlib.import_module(path.removeprefix("src/").removesuffix(".py").replace("/", "."))
    kinds = [Form]
    while kinds:
        kind = kinds.pop()
        kinds += kind.__subclasses__()
        yield from (field.name for field in msgspec.structs.fields(kind))


def test_no_column_holds_what_must_never_be_asked() -> None:
    held = [
        f"{name}.{column._meta.name}"
        for name, table in BY_NAME.items()
        for column in table._meta.columns
        if _refused(column._meta.name)
    ]
    assert held == []


def test_no_form_asks_what_must_never_be_asked() -> None:
    assert environment()
    fields = set(_form_fields())
    for text in template_sources().values():
        fields |= set(re.findall(r"""\bname=["']([\w-]+)["']""", text))
        fields |= set(
            re.findall(r"\b(?:text_field|textarea|select|group|hidden|chip)\(\s*'([\w-]+)'", text)
        )
        completed = re.findall(r"autocomplete=['\"]([\w-]+)['\"]", text)
        assert not {"bday", "sex", "street-address", "photo"}.intersection(completed)
        assert 'type="file"' not in text, "no documents, no photos"
    assert {"name", "contact", "activities"} <= fields, "the fields of joining are read at least"
    assert [field for field in sorted(fields) if _refused(field)] == []


def test_the_refusal_knows_its_words() -> None:
    asked = ("birth_date", "date_of_birth", "mother_tongue", "residence_status", "home_street")
    assert all(map(_refused, asked))
    assert not any(map(_refused, ("address_hash", "issued_by", "reading_language", "age_band")))
