"""The calendar that the settings ask for."""

from bot.config import ConfigError, Settings
from domain.calendar import Calendar
from services.calendars import (
    CalendarTableError,
    ChineseCalendar,
    CountryCalendar,
    load_exceptions,
)


def calendar_of(settings: Settings) -> Calendar:
    """Working days, holidays and lunar dates, with the bank's own table of exceptions if any.

    Raises ``ConfigError`` when that table cannot be read.
    """
    file = settings.exceptions_file
    try:
        exceptions = load_exceptions(file) if file is not None else None
    except (CalendarTableError, OSError) as error:
        raise ConfigError(f"calendar.exceptions: {error}") from None
    country = settings.calendar.country
    if country == "CN":
        return ChineseCalendar(exceptions)
    return CountryCalendar(country, exceptions)
