"""Everything that depends on who reads: texts, dates, names, direction."""
