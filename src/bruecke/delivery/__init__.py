"""The other door: takes out what waits in the outbox."""
