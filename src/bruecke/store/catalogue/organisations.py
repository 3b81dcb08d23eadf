"""Associations and groups: public once verified; a small one's contact may be a person's own."""

from bruecke.store.catalogue.rules import TableRule, also, blanked, plain

RULES: dict[str, TableRule] = {
    "organisation": TableRule(
        keep="as long as it takes part",
        # Compared with the person's own contact: there is no link from a person to it but a seat.
        found_by=("public_phone", "public_email"),
        columns={
            "id": plain("id", "names the row"),
            "region": plain("link", "where it works"),
            "desk": plain("link", "which service point verified it"),
            "parent": plain("link", "the organisation it is a unit of"),
            **also("content", "name", "kind", "stage", "area", purpose="who they are"),
            **also("content", "purpose", "languages", purpose="what they do, for whom"),
            "public_phone": blanked("contact", "published so that anybody can ask"),
            "public_email": blanked("contact", "published so that anybody can ask"),
            "created_at": plain("technical", "since when it is here"),
            **also("content", "verified_at", "refused_at", "refusal", purpose="what was decided"),
            **also("technical", "import_batch", "external_key", purpose="which file it is from"),
        },
    ),
}
