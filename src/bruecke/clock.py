"""The only reader of the wall clock."""

import time

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR


def now() -> int:
    """This instant in whole UTC seconds since 1970."""
    return int(time.time())
