"""What waits for a side's decision, as conditions on match `m` of posting `p`."""

from bruecke.domain.match import DAY

CALL_AFTER = 5 * DAY
AT_ONCE = 30  # a list that still can be worked off (DESIGN D24)
# Values: CALL_AFTER ago, now. The states stand first and alone: so the index on them is used.
AT_DESK = (
    "m.state IN ('interested', 'paused', 'approved')"
    " AND (m.state <> 'approved' OR m.moved_at <= {}) AND m.visible_from_at <= {}"
)
# Value: now.
AT_ORGANISATION = "m.state = 'approved' AND m.visible_from_at <= {}"
# Nobody decides on own matches, nor on those of an own organisation (DESIGN 3). Values: who, who.
NOT_OWN = (
    " m.person IS NOT NULL AND m.person <> {} AND NOT EXISTS (SELECT 1 FROM membership own"
    " WHERE own.person = {} AND own.organisation = p.organisation AND own.ended_at = 0"
    " AND own.role = 'representative')"
)
