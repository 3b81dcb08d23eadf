"""Regions and service points: public facts about places and offices."""

from bruecke.store.catalogue.rules import TableRule, also, plain

RULES: dict[str, TableRule] = {
    "region": TableRule(
        keep="as long as Brücke works there",
        columns={
            "id": plain("id", "readable name in addresses"),
            "parent": plain("link", "the larger region around it"),
            **also("content", "kind", "name", "zone", purpose="what the place is called"),
            **also("content", "postcode", "lat", "lon", purpose="where the place is"),
            "passes_by_itself": plain("technical", "whether simple cases pass without the desk"),
        },
    ),
    "desk": TableRule(
        keep="as long as the service point works",
        columns={
            "id": plain("id", "names the row"),
            "region": plain("link", "where it works"),
            "name": plain("content", "what the office is called"),
            "controller": plain("content", "who answers for the data, in the imprint"),
            **also("contact", "phone", "email", "hours", purpose="how the office is reached"),
            "position": plain("technical", "order among several offices"),
        },
    ),
}
