"""Days that other calendars and the moon set, as days of the Gregorian calendar.

Source of the Hebrew and the Islamic reckoning: E. M. Reingold and N. Dershowitz, Calendrical Calculations; of Easter:
J. Meeus, Astronomical Algorithms, chapters 8 and 9.
"""

from datetime import date, timedelta

_HEBREW_EPOCH = -1373427  # days before 1 January of the year 1
_ISLAMIC_EPOCH = 227015
_PARTS_OF_DAY = 25920


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar. Source: the anonymous algorithm of Meeus, Jones and Butcher."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    month, day = divmod(d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114, 31)
    return date(year, month, day + 1)


def orthodox_easter(year: int) -> date:
    """Easter Sunday by the Julian calendar."""
    d = (19 * (year % 19) + 15) % 30
    e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    return date(year, month, day + 1) + timedelta(days=year // 100 - year // 400 - 2)


def hebrew_new_year(year: int, beyond: int = 0) -> date:
    """The day that lies `beyond` days from Rosh Hashanah in a Gregorian year. Feasts after it in winter may lie a day
    later, in years whose second month is long."""
    first = _new_year(year + 3761)
    length = _new_year(year + 3762) - first
    return date.fromordinal(first + beyond + (beyond > 58 and length % 10 == 5))


def _new_year(year: int) -> int:
    """The ordinal of 1 Tishri: the mean new moon, put off so that no year gets a forbidden length."""
    before, this, after = (_elapsed(y) for y in (year - 1, year, year + 1))
    return _HEBREW_EPOCH + this + (2 if after - this == 356 else this - before == 382)


def _elapsed(year: int) -> int:
    months = (235 * year - 234) // 19
    day = 29 * months + (12084 + 13753 * months) // _PARTS_OF_DAY
    return day + ((3 * (day + 1)) % 7 < 3)


def islamic(year: int, month: int, day: int) -> list[date]:
    """The days of a Gregorian year that bear a date of the Islamic calendar, as the civil tables reckon it: one, none
    or two. Where the crescent decides, it may be a day sooner or later."""
    about = (year - 622) * 33 // 32
    days = (
        date.fromordinal(day + (59 * (month - 1) + 1) // 2 + (y - 1) * 354 + (3 + 11 * y) // 30 + _ISLAMIC_EPOCH - 1)
        for y in range(about, about + 3)
    )
    return [found for found in days if found.year == year]
