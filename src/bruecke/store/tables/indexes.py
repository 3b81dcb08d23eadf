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
    "CREATE INDEX match_of_posting ON match (posting, state)",
]
