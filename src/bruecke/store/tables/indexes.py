"""Composite and partial indexes Piccolo has no words for; migrations run them as they are."""

INDEXES: list[str] = [
    "CREATE UNIQUE INDEX person_language_once ON person_language (person, language)",
    "CREATE INDEX delivery_due ON delivery (not_before_at, lease_until_at) WHERE state = 'waiting'",
    "CREATE INDEX posting_listed ON posting (region, state, published_at)",
    "CREATE INDEX organisation_listed ON organisation (region, verified_at)",
    "CREATE UNIQUE INDEX representative_once ON membership (person, organisation, role)"
    " WHERE organisation IS NOT NULL AND ended_at = 0",
    "CREATE UNIQUE INDEX region_role_once ON membership (person, region, role)"
    " WHERE region IS NOT NULL AND ended_at = 0",
    "CREATE UNIQUE INDEX posting_imported_once ON posting (region, external_key)"
    " WHERE external_key <> ''",
    "CREATE UNIQUE INDEX organisation_imported_once ON organisation (region, external_key)"
    " WHERE external_key <> ''",
    "CREATE INDEX notification_inbox ON notification (person, visible_from_at)",
    "CREATE INDEX match_of_posting ON match (posting, state)",
    "CREATE INDEX match_by_state ON match (state, posting)",
    # Covering: a list is made from the index alone, without a look into the table.
    "CREATE INDEX match_profile_offers ON match_profile (kind, region, cell, open_until,"
    " slots, lat, lon, radius_km, age_bands, activities, anything, skills, confirmed_day,"
    " spoken_low, spoken_high, unsure_low, unsure_high, a2_low, a2_high, b1_low, b1_high, c1_low,"
    " c1_high, person, id) WHERE kind = 'offer'",
    "CREATE INDEX match_profile_postings ON match_profile (kind, region, cell, open_until,"
    " slots, lat, lon, radius_km, age_bands, activities, skills, places_left, places, remote,"
    " organisation, spoken_low, spoken_high, a2_low, a2_high, b1_low, b1_high, c1_low, c1_high, id)"
    " WHERE kind = 'posting'",
    "CREATE INDEX match_profile_stale ON match_profile (stale_at) WHERE stale_at > 0",
]
