"""The list of spoken languages: order, names the usual sources lack, who understands whom."""

from bruecke.reference.languages import languages


def test_the_commonest_languages_come_first() -> None:
    first = [entry.tag for entry in languages()][:15]
    assert first[:4] == ["de", "en", "ar", "tr"]
    assert {"uk", "ru", "ku", "fa", "fa-AF", "fr", "pl", "ro", "ti", "so"} <= set(first)


def test_languages_that_other_lists_leave_out_have_names() -> None:
    names = {tag: languages().names(tag, "de") for tag in ("ckb", "zza", "fa-AF", "gsg", "rom")}
    assert names == {
        "ckb": "Sorani (Kurdisch)",
        "zza": "Zaza",
        "fa-AF": "Dari",
        "gsg": "Deutsche Gebärdensprache",
        "rom": "Romani",
    }


def test_a_tag_outside_the_list_is_not_found() -> None:
    assert languages().by_tag("tlh") is None
    assert "tlh" not in languages()


def test_an_unknown_ui_language_falls_back_to_german() -> None:
    assert languages().names("tr", "xx") == "Türkisch"


def test_scripts_from_the_right_are_marked() -> None:
    from_the_right = {entry.tag for entry in languages() if entry.direction == "rtl"}
    assert {"ar", "fa", "fa-AF", "ckb", "ps", "ur", "he", "syr", "aii", "apc"} <= from_the_right
    assert "ku" not in from_the_right


def test_neighbouring_languages_satisfy_each_other() -> None:
    serving = languages().serving
    assert serving("fa") == serving("fa-AF") == {"fa", "fa-AF"}
    assert serving("bs") == serving("cnr") == {"bs", "hr", "sr", "cnr"}
    assert serving("ku") == {"ku"}


def test_a_spoken_arabic_serves_arabic_but_not_the_other_way_round() -> None:
    assert "apc" in languages().serving("ar")
    assert languages().serving("apc") == {"apc"}


def test_understood_languages_are_in_the_list() -> None:
    for entry in languages():
        assert all(tag in languages() and tag != entry.tag for tag in entry.understands)
