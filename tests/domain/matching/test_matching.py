"""Gates, score, reasons and order, by example and over everything that can happen."""

from hypothesis import given
from hypothesis import strategies as st

from bruecke.domain import slots
from bruecke.domain.matching import gates, rank
from bruecke.domain.matching.geography import distance_km
from bruecke.domain.matching.profile import OfferProfile, PostingProfile
from bruecke.domain.matching.reasons import reasons
from bruecke.domain.matching.score import score

NOW = 1_795_000_000
COOKING, LEARNING = 1 << 4, 1 << 0
KASSEL = (51.3158, 9.4917)

AMINA = OfferProfile(
    id="amina", region="kassel", anything=False, activities=COOKING, skills=0,
    slots=slots.CHIPS["weekend"], confirmed_at=NOW,
)  # fmt: skip
LUNCH = PostingProfile(
    id="lunch", region="kassel", organisation="roj", activity=COOKING, skills=0,
    slots=slots.slot(6, 1), places_left=2, places=2,
)  # fmt: skip


def _with(one: OfferProfile, **changes: object) -> OfferProfile:
    return OfferProfile(**{f: getattr(one, f) for f in one.__struct_fields__} | changes)  # type: ignore[arg-type]


def _asks(one: PostingProfile, **changes: object) -> PostingProfile:
    return PostingProfile(**{f: getattr(one, f) for f in one.__struct_fields__} | changes)  # type: ignore[arg-type]


def test_amina_is_suggested_the_sunday_lunch_with_two_true_reasons() -> None:
    found = rank.for_offer(AMINA, [LUNCH], NOW)
    assert [one.posting for one in found] == ["lunch"]
    assert [r.key for r in found[0].reasons] == [
        "reason.activity", "reason.time.weekend", "reason.region",
    ]  # fmt: skip


def test_a_language_nobody_asked_for_yet_is_the_one_missing_point() -> None:
    turkish = _asks(LUNCH, language_required="tr", language_level=2)
    assert rank.for_offer(AMINA, [turkish], NOW)[0].missing == "language"


def test_two_unknown_things_are_one_too_many() -> None:
    turkish = _asks(LUNCH, language_required="tr", adults_only=True)
    assert rank.for_offer(AMINA, [turkish], NOW) == []


def test_somebody_who_told_other_languages_is_not_suggested() -> None:
    turkish = _asks(LUNCH, language_required="tr", language_level=2)
    assert rank.for_offer(_with(AMINA, languages={"ar": 4}), [turkish], NOW) == []


def test_nobody_is_suggested_what_is_full_or_in_another_region_or_at_another_time() -> None:
    for closed in (
        _asks(LUNCH, places_left=0),
        _asks(LUNCH, region="dortmund"),
        _asks(LUNCH, slots=slots.slot(1, 0)),
    ):
        assert rank.for_offer(AMINA, [closed], NOW) == []


def test_anything_please_suggest_fits_every_activity() -> None:
    open_to_all = _with(AMINA, anything=True, activities=0)
    assert rank.for_offer(open_to_all, [_asks(LUNCH, activity=LEARNING)], NOW)
    assert score(open_to_all, LUNCH, NOW).parts["activity"] == 10


def test_what_was_chosen_comes_first_and_the_rest_is_called_something_new() -> None:
    half = _asks(LUNCH, id="half", places_left=1)
    found = rank.for_offer(AMINA, [_asks(LUNCH, id="learning", activity=LEARNING), half], NOW)
    assert [one.posting for one in found] == ["half", "learning"]
    assert found[1].reasons[0].key == "reason.new"


def test_what_nobody_took_yet_comes_first() -> None:
    half = _asks(LUNCH, id="half", places_left=1)
    assert [one.posting for one in rank.for_offer(AMINA, [half, LUNCH], NOW)] == ["lunch", "half"]


def test_a_posting_is_offered_to_who_chose_it_the_best_fit_first() -> None:
    near = _with(AMINA, id="near", place=KASSEL)
    anything = _with(AMINA, id="anything", anything=True, activities=0, confirmed_at=1)
    other = _with(AMINA, id="other", activities=LEARNING)
    busy = _with(AMINA, id="busy", slots=slots.CHIPS["evenings"])
    found = rank.for_posting(_asks(LUNCH, place=KASSEL), [anything, busy, near, other], NOW)
    assert [offer.id for offer, _ in found] == ["near", "anything"]
    assert len(rank.for_posting(LUNCH, [AMINA] * 9, NOW, 4)) == 4


def test_what_was_told_of_one_language_says_nothing_of_another() -> None:
    some = _with(AMINA, languages={"uk": 3, "ru": 0}, languages_open=True)
    for tag, level, answer in (
        ("uk", 3, "pass"), ("uk", 5, "fail"), ("ru", 1, "pass"), ("ru", 2, "unknown"),
        ("tr", 2, "unknown"),
    ):  # fmt: skip
        asked = _asks(LUNCH, language_required=tag, language_level=level)
        assert gates.answers(some, asked)["language"] == answer
        assert gates.fits(some, asked) is (answer != "fail")
    assert "language" not in score(some, _asks(LUNCH, language_required="tr"), NOW).parts


def test_kassel_and_dortmund_are_about_150_km_apart() -> None:
    assert 135 < distance_km(KASSEL, (51.5132, 7.4755)) < 150


places = st.none() | st.tuples(st.floats(47.3, 55.1), st.floats(5.9, 15.0))
masks = st.integers(0, slots.ALL)
offers = st.builds(
    OfferProfile, id=st.just("o"), region=st.sampled_from(["kassel", "dortmund"]),
    anything=st.booleans(), activities=st.integers(0, 4095), skills=st.integers(0, 2**55 - 1),
    slots=masks, radius_km=st.sampled_from([0, 3, 10]), place=places,
    languages=st.none() | st.dictionaries(st.sampled_from(["tr", "ar", "de"]), st.integers(0, 6)),
    languages_open=st.booleans(), age_band=st.sampled_from(["", "adult", "16-17"]),
    confirmed_at=st.integers(0, NOW),
)  # fmt: skip
postings = st.builds(
    PostingProfile, id=st.text("abc", min_size=1, max_size=5), organisation=st.just("roj"),
    region=st.sampled_from(["kassel", "dortmund"]),
    activity=st.integers(0, 11).map(lambda b: 1 << b),
    skills=st.integers(0, 2**55 - 1), slots=masks, places_left=st.integers(0, 3),
    places=st.integers(3, 5), radius_km=st.sampled_from([0, 5]), place=places,
    language_required=st.sampled_from(["", "tr", "de"]), language_level=st.integers(0, 6),
    adults_only=st.booleans(), remote=st.booleans(), days_left=st.none() | st.integers(-3, 60),
)  # fmt: skip


@given(offers, postings)
def test_the_score_stays_between_0_and_100_and_repeats_itself(
    offer: OfferProfile, posting: PostingProfile
) -> None:
    first = score(offer, posting, NOW)
    assert 0 <= first.total <= 100.0001
    assert score(offer, posting, NOW) == first


@given(offers, postings)
def test_the_short_way_through_the_gates_says_the_same(
    offer: OfferProfile, posting: PostingProfile
) -> None:
    assert gates.fits(offer, posting) is gates.may_suggest(gates.answers(offer, posting))


@given(offers, st.lists(postings, max_size=8))
def test_no_suggestion_ever_crosses_a_gate(
    offer: OfferProfile, open_postings: list[PostingProfile]
) -> None:
    by_id = {id(posting): posting for posting in open_postings}
    for suggestion in rank.for_offer(offer, open_postings, NOW):
        candidates = [p for p in by_id.values() if p.id == suggestion.posting]
        assert any("fail" not in gates.answers(offer, p).values() for p in candidates)
        assert 1 <= len(suggestion.reasons) <= 3


@given(offers, postings)
def test_a_language_reason_is_only_given_to_who_said_the_language(
    offer: OfferProfile, posting: PostingProfile
) -> None:
    for reason in reasons(offer, posting):
        if reason.key == "reason.language":
            assert offer.languages and reason.about in offer.languages
        if reason.key == "reason.activity":
            assert offer.activities & posting.activity


@given(offers, postings)
def test_who_is_kept_from_a_posting_never_fits_it_and_nothing_else_changes(
    offer: OfferProfile, posting: PostingProfile
) -> None:
    kept_away = _with(offer, barred=frozenset({posting.id}))
    assert not gates.fits(kept_away, posting)
    assert rank.for_posting(posting, [kept_away], NOW) == []
    elsewhere = _with(offer, barred=frozenset({"another"}))
    assert gates.answers(elsewhere, posting) == gates.answers(offer, posting)
    assert score(kept_away, posting, NOW) == score(offer, posting, NOW)
