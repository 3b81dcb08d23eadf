"""Every reference entry can be shown in every shipped language, in plain and harmless words."""

import re
from collections.abc import Iterator

import pytest

from bruecke.paths import data
from bruecke.reference.activities import activities, activities_by_code
from bruecke.reference.entries import Words
from bruecke.reference.languages import languages
from bruecke.reference.skills import skills, skills_by_code, skills_of
from bruecke.reference.templates import Template, templates, templates_by_code

UI_LANGUAGES = ("de", "en", "ar")
# A person's religion, origin, status, health or politics is never asked for (Art. 9 GDPR).
FORBIDDEN = re.compile(
    r"relig|kirch|mosch|church|mosque|christ|islam|muslim|alevi|jüd|jewish|nation|herkunft|origin"
    r"|migra|flücht|refugee|asyl|muttersprach|mother tongue|native|politi|gewerkschaft|union"
    r"|behinder|krank|disab|sexu|ethni|race",
    re.IGNORECASE,
)


def all_words() -> Iterator[tuple[str, Words]]:
    for activity in activities():
        yield f"activity {activity.code}", activity.names
        yield f"allowed {activity.code}", activity.allowed_words
        yield f"limits {activity.code}", activity.limits_words
    for skill in skills():
        yield f"skill {skill.code}", skill.names
    for language in languages():
        yield f"language {language.tag}", language.names
    for template in templates():
        yield f"template {template.code}", template.titles
        yield f"text {template.code}", template.texts


def test_everything_has_words_in_every_shipped_language() -> None:
    for what, words in all_words():
        assert all(words.get(tag, "").strip() for tag in UI_LANGUAGES), what
        assert re.search(r"[\u0600-\u06ff]", words["ar"]), what


def test_nothing_asks_for_a_protected_fact() -> None:
    for what, words in all_words():
        for text in words.values():
            assert not FORBIDDEN.search(text), (what, text)


def test_german_sentences_are_short_and_without_gender_signs() -> None:
    for what, words in all_words():
        for sentence in re.split(r"[.?!]", words["de"]):
            assert len(sentence.split()) <= 12, (what, sentence)
        assert not re.search(r"\w[*:]in", words["de"]), what


def test_a_name_is_found_in_the_language_of_the_page() -> None:
    cooking = activities_by_code()["cooking"]
    assert cooking.name("de") == "Kochen und essen"
    assert cooking.name("en") == "Cook and eat"
    assert cooking.name("xx") == "Kochen und essen"


def test_the_limits_that_practice_asks_for_are_there() -> None:
    limits = {code: entry.limits("de") for code, entry in activities_by_code().items()}
    assert limits["visiting"] == "Kein Geld. Keine Geschenke. Kein Schlüssel. Keine Vollmacht."
    assert "Sie beraten nicht zu Recht oder Aufenthalt." in limits["office"]
    assert len(limits) == 12 and all(limits.values())


def test_every_icon_is_in_the_sprite() -> None:
    sprite = (data("static") / "icons" / "sprite.svg").read_text()
    drawn = re.findall(r'<symbol id="([^"]+)"', sprite)
    assert len(drawn) == len(set(drawn))
    named = {entry.icon for entry in activities()} | {entry.icon for entry in skills()}
    assert named <= set(drawn)
    assert "style" not in sprite


def test_every_activity_has_skills_and_every_skill_an_activity() -> None:
    assert {skill.activity for skill in skills()} == {entry.code for entry in activities()}
    assert 40 <= len(skills()) <= 60
    assert skills_of("interpreting")[0].code == "oral_interpreting"


@pytest.mark.parametrize("entry", templates(), ids=lambda entry: entry.code)
def test_a_template_names_only_what_exists(entry: Template) -> None:
    assert entry.activity in activities_by_code()
    assert set(entry.skills) <= set(skills_by_code())
    assert {skills_by_code()[code].activity for code in entry.skills} == {entry.activity}
    assert all(tag in languages() and 1 <= level <= 2 for tag, level in entry.languages.items())
    days, parts = "mon|tue|wed|thu|fri|sat|sun", "morning|midday|afternoon|evening"
    assert entry.slots
    assert all(re.fullmatch(f"({days})-({parts})", slot) for slot in entry.slots)
    assert entry.places >= 1 and 30 <= entry.minutes <= 480


def test_ten_templates_start_a_posting() -> None:
    assert len(templates_by_code()) == len(templates()) == 10
    assert {template.kind for template in templates()} == {"need", "opportunity"}


def test_certificates_are_asked_for_with_children_only_and_training_for_homes() -> None:
    for template in templates():
        assert ("certificate_seen" in template.checks) == template.with_children, template.code
        if template.home_visit:
            assert {"interview", "training", "confidentiality"} <= set(template.checks)
