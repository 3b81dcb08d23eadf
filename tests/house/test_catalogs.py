"""Texts: the same keys in every language, each one used, and German that is plain and neutral."""

import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from bruecke.language import catalog
from bruecke.language.languages import LANGUAGES, current
from tests.house.keys import uses, written
from tests.house.tree import CATALOGS, name_of

TAGS = tuple(LANGUAGES)
PLURALS = {"de": 2, "en": 2, "ar": 6, "tr": 2, "uk": 3}
SAMPLES = (0, 1, 2, 3, 11, 100)
FIELD = re.compile(r"{([^{}]*)}")

# The script fills these in while the reader ticks (static/js/count.js).
FILLED_BY_SCRIPT = {"join.chosen", "design.chosen"}

WORDS_IN_A_SENTENCE = 14
# Words we do not use, and what to say instead.
NOT_IN_GERMAN = {
    r"ehrenamt|ehrenämt": "Engagement, helfen, Freiwillige",
    r"schweigepflicht": "Verschwiegenheit",
    r"führungszeugnis": "Papier vom Amt",
    r"\bbeitrag": "Aufgabe",
    r"\bvorstand": "Kasse, Ansprechperson",
    r"\bmuttersprach": "Sprachen, in denen Sie helfen können",
    r"migrationshintergrund|ausländ|flüchtling": "nothing: it is not asked",
    r"\w[*:_]innen\b|\w\*in\b|/-?innen\b|\w[a-zäöüß]Innen\b|\(innen\)": "Freiwillige, Personen",
    r"\bstudenten\b|\blehrer\b|\bhelfer\b|\bkoordinator\b|\bmitarbeiter\b": "a neutral word",
    r"\bdu\b|\bdein\w*\b|\bdich\b|\bdir\b": "Sie",
    r"\blogin\b|\baccount\b|\bmatch\b|\bdashboard\b|\bslot\b|\bnutzer\b|\buser\b": "German",
}
DESK_FILES = {"desk.po"}


@cache
def _file(path: Path) -> tuple[Message, ...]:
    with path.open("rb") as opened:
        parts = read_po(opened, locale=path.parent.name, abort_invalid=True)
    return tuple(message for message in parts if message.id)


@cache
def _texts(tag: str) -> dict[str, tuple[str, ...]]:
    """Key to its text, or to all its plural forms."""
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted((CATALOGS / tag).glob("*.po")):
        for message in _file(path):
            key = message.id if isinstance(message.id, str) else message.id[0]
            strings = message.string
            found[key] = (strings,) if isinstance(strings, str) else tuple(strings)
    return found


@cache
def _counted(tag: str) -> frozenset[str]:
    return frozenset(
        message.id[0]
        for path in (CATALOGS / tag).glob("*.po")
        for message in _file(path)
        if not isinstance(message.id, str)
    )


def _fields(text: str) -> frozenset[str]:
    return frozenset(FIELD.findall(text))


def test_every_language_has_a_folder_and_every_folder_a_language() -> None:
    assert {path.parent.name for path in CATALOGS.glob("*/*.po")} == set(TAGS)


@pytest.mark.parametrize("tag", TAGS)
def test_a_language_has_the_same_files_and_keys_as_german(tag: str) -> None:
    names = {path.name for path in (CATALOGS / tag).glob("*.po")}
    assert names == {path.name for path in (CATALOGS / "de").glob("*.po")}
    for name in sorted(names):
        here, german = (
            {str(message.id) for message in _file(CATALOGS / one / name)} for one in (tag, "de")
        )
        assert here == german, f"{tag}/{name}"


@pytest.mark.parametrize("tag", TAGS)
def test_all_files_of_a_language_begin_alike(tag: str) -> None:
    heads = {
        path.read_text().split("\n\n")[0]: name_of(path)
        for path in sorted((CATALOGS / tag).glob("*.po"))
    }
    assert len(heads) == 1, list(heads.values())
    assert f"nplurals={PLURALS[tag]};" in next(iter(heads))
    assert f"Language: {tag}\\n" in next(iter(heads))


@pytest.mark.parametrize("tag", TAGS)
def test_no_text_is_empty_or_fuzzy_and_counts_have_all_forms(tag: str) -> None:
    for path in sorted((CATALOGS / tag).glob("*.po")):
        for message in _file(path):
            where = f"{name_of(path)} {message.id}"
            assert not message.fuzzy, where
            strings = message.string
            forms = [strings] if isinstance(strings, str) else list(strings)
            assert all(form and form == form.strip() for form in forms), where
            if not isinstance(message.id, str):
                assert message.id[0] == message.id[1], f"{where}: key and plural key differ"
                assert len(forms) == PLURALS[tag], where


@pytest.mark.parametrize("tag", TAGS)
def test_every_language_fills_in_the_same_fields(tag: str) -> None:
    different = []
    for key, forms in _texts(tag).items():
        wanted = frozenset().union(*map(_fields, _texts("de").get(key, forms)))
        for form in forms:
            # "One place" and the Arabic dual say their number in words.
            spare = {"n"} if key in _counted(tag) else set()
            if _fields(form) - spare != wanted - spare:
                different.append(f"{key}: {sorted(_fields(form))} is not {sorted(wanted)}")
    assert different == []
    assert all(
        re.fullmatch(r"[a-z_]+", field)
        for forms in _texts(tag).values()
        for form in forms
        for field in _fields(form)
    )


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("n", SAMPLES)
def test_every_count_reads_well_at(tag: str, n: int) -> None:
    before = current.set(LANGUAGES[tag])
    try:
        for key in sorted(_counted(tag)):
            fields = {name: "X" for form in _texts(tag)[key] for name in _fields(form)} | {"n": n}
            fields.pop("n")
            said = catalog.html_count(key, n, **fields)
            assert said and said != key and "{" not in said, f"{tag} {key} {n}: {said}"
            # Where no form has the number it stands beside the text, as in the desk's figures.
            shown = any("n" in _fields(form) for form in _texts(tag)[key])
            assert str(n) in said or n < 3 or not shown, f"{tag} {key} {n}: {said}"
    finally:
        current.reset(before)


def test_every_text_that_is_asked_for_exists() -> None:
    texts = _texts("de")
    unknown = [f"{use.where} {use.key}" for use in uses() if not use.made and use.key not in texts]
    spaces = {key.partition(".")[0] for key in texts}
    unknown += [
        f"{where} {key}"
        for where, key in written()
        if "\\" not in key and key.partition(".")[0] in spaces and key not in texts
    ]
    assert sorted(set(unknown)) == []


def test_every_beginning_leads_to_some_text() -> None:
    lost = [
        f"{use.where} {use.key}"
        for use in uses()
        if use.made and not any(re.fullmatch(use.key, key) for key in _texts("de"))
    ]
    assert lost == []


def test_counts_and_single_texts_are_not_mixed_up() -> None:
    mixed = [
        f"{use.where} {use.key}"
        for use in uses()
        if not use.made
        and use.fields is not None
        and use.key in _texts("de")
        and (use.key in _counted("de")) != ("n" in use.fields)
        and use.key not in FILLED_BY_SCRIPT
    ]
    assert mixed == []


def test_every_field_of_a_text_is_filled_in() -> None:
    open_ = []
    for use in uses():
        if use.made or use.fields is None or use.key in FILLED_BY_SCRIPT:
            continue
        for form in _texts("de").get(use.key, ()):
            lacking = _fields(form) - use.fields
            if lacking:
                open_.append(f"{use.where} {use.key}: {sorted(lacking)}")
    assert open_ == []


def test_no_text_is_left_over() -> None:
    asked = {key for _, key in written()} | {use.key for use in uses() if not use.made}
    made = [use.key for use in uses() if use.made]
    made += [pattern for _, pattern in written() if "\\" in pattern]
    unused = [
        key
        for key in _texts("de")
        if key not in asked and not any(re.fullmatch(pattern, key) for pattern in made)
    ]
    assert unused == []


def _german() -> list[tuple[str, str, str]]:
    return [
        (path.name, str(message.id), form)
        for path in sorted((CATALOGS / "de").glob("*.po"))
        for message in _file(path)
        for form in ([message.string] if isinstance(message.string, str) else message.string)
    ]


def test_german_sentences_are_short() -> None:
    long = []
    for name, key, text in _german():
        for sentence in re.split(r"[.!?:;](?:\s|$)|\s–\s|\n", text):
            words = re.findall(r"[\w{}.-]+", sentence)
            if len(words) > WORDS_IN_A_SENTENCE:
                long.append(f"{name} {key} ({len(words)}): {sentence.strip()}")
    assert long == []


@pytest.mark.parametrize(("pattern", "instead"), NOT_IN_GERMAN.items())
def test_german_is_plain_and_neutral(pattern: str, instead: str) -> None:
    flags = 0 if "Innen" in pattern else re.IGNORECASE
    found = [f"{n} {key}: {text}" for n, key, text in _german() if re.search(pattern, text, flags)]
    assert found == [], f"say instead: {instead}"


def test_only_the_desk_reads_mso() -> None:
    for tag in TAGS:
        for path in (CATALOGS / tag).glob("*.po"):
            if path.name not in DESK_FILES:
                assert not re.search(r"\bMSO\b", path.read_text()), name_of(path)


def test_no_text_has_a_percent_sign_trap_or_markup() -> None:
    wrong = [
        f"{tag} {key}: {form}"
        for tag in TAGS
        for key, forms in _texts(tag).items()
        for form in forms
        if re.search(r"%\(|%[sd]\b|<[a-z/]|&[a-z]+;", form)
    ]
    assert wrong == []
