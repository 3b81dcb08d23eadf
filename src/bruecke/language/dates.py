"""Dates as people here meet them on letters: weekday and numbers, 24 hours, Monday first."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton, get_day_names

from bruecke.language.languages import current

# What stands where a region names no zone of its own.
ZONE = "Europe/Berlin"


def date_words(day: date) -> str:
    """ "Di., 01.12." in the reader's language; numbers look alike in all of them."""
    weekday = get_day_names("abbreviated", locale=current.get().tag)[day.weekday()]
    return f"{weekday}{comma()} {day:%d.%m.}".removesuffix("." if current.get().tag == "ar" else "")


def whole_date(day: date) -> str:
    """ "01.12.2026", in every language: for what lies years back or ahead."""
    return f"{day:%d.%m.%Y}"


def weekday_name(weekday: int) -> str:
    """The whole name of a weekday, 0 for Monday."""
    return str(get_day_names("wide", "stand-alone", locale=current.get().tag)[weekday])


def weekday_short(weekday: int) -> str:
    """The shortest name of a weekday that stands alone, 0 for Monday: "Mo"."""
    return str(get_day_names("short", "stand-alone", locale=current.get().tag)[weekday]).strip(".")


def clock_words(at: time) -> str:
    """ "18:30", in every language."""
    return format_skeleton("Hm", datetime.combine(date(2026, 1, 1), at), locale="de")


def instant_words(at: int, zone: str = ZONE) -> str:
    """An instant in UTC seconds as local weekday, date and time."""
    local = datetime.fromtimestamp(at, UTC).astimezone(ZoneInfo(zone))
    return f"{date_words(local.date())}{comma()} {clock_words(local.time())}"


def today(now: int, zone: str = ZONE) -> date:
    """The local date at `now` (UTC seconds)."""
    return datetime.fromtimestamp(now, UTC).astimezone(ZoneInfo(zone)).date()


def comma() -> str:
    """The comma of the reader's script."""
    return "،" if current.get().tag == "ar" else ","
