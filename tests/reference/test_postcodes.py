"""Where postcodes lie, checked against the city points of GeoNames."""

from math import asin, cos, radians, sqrt

import pytest

from bruecke.reference.postcodes import Place, areas, is_postcode, locate


def km(a: Place, lat: float, lon: float) -> float:
    """Great-circle distance, so that this file trusts no code of ours."""
    half = sin2(lat - a.lat) + cos(radians(a.lat)) * cos(radians(lat)) * sin2(lon - a.lon)
    return 2 * 6371.0 * asin(sqrt(half))


def sin2(degrees: float) -> float:
    return (1 - cos(radians(degrees))) / 2


@pytest.mark.parametrize(
    ("code", "lat", "lon", "off_by"),
    [
        ("34117", 51.3167, 9.5, 0.7),  # Kassel
        ("48147", 51.9624, 7.6257, 1.9),  # Münster
        ("70173", 48.7823, 9.177, 0.5),  # Stuttgart
        ("44135", 51.5149, 7.466, 0.8),  # Dortmund
    ],
)
def test_a_city_code_lies_in_its_city(code: str, lat: float, lon: float, off_by: float) -> None:
    place = locate(code)
    assert place is not None
    assert not place.approximate
    assert km(place, lat, lon) < off_by


def test_the_file_holds_every_area_inside_germany() -> None:
    places = areas().values()
    assert len(places) == 8168
    assert min(place.lat for place in places) == pytest.approx(47.369, abs=0.001)
    assert max(place.lat for place in places) == pytest.approx(55.024, abs=0.001)
    assert min(place.lon for place in places) == pytest.approx(5.972, abs=0.001)
    assert max(place.lon for place in places) == pytest.approx(14.982, abs=0.001)


@pytest.mark.parametrize(("code", "like"), [("60312", "60311"), ("99331", "99330")])
def test_a_code_without_an_area_lies_about_where_its_neighbours_do(code: str, like: str) -> None:
    place, neighbour = locate(code), locate(like)
    assert place is not None and neighbour is not None
    assert place.approximate and not neighbour.approximate
    assert km(place, neighbour.lat, neighbour.lon) < 15


def test_three_digits_are_enough_for_a_guess() -> None:
    place = locate("34199")
    assert place is not None and place.approximate
    assert km(place, 51.3167, 9.5) < 30


@pytest.mark.parametrize("text", ["", "3411", "341170", "3411a", "00117", " 34117", "٣٤١١٧"])
def test_other_texts_are_no_postcodes(text: str) -> None:
    assert not is_postcode(text)
    assert locate(text) is None


def test_a_leading_zero_belongs_to_the_code() -> None:
    assert is_postcode("01067")
    assert locate("01067") is not None
