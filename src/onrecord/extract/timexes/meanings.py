"""Which function means what a rule's `means` names.

Each makes type and value of a match at its place in the article, or None where the words turn out to be no time
expression after all.
"""

from collections.abc import Callable

from onrecord.extract.timexes import dates, deixis, feasts, hours, lengths, years
from onrecord.extract.timexes.context import Here, Reading
from onrecord.extract.timexes.grammar import Match

MEANINGS: dict[str, Callable[[Match, Here], Reading | None]] = {
    function.__name__: function
    for function in (
        dates.calendar,
        dates.days,
        dates.second_day,
        dates.month_year_ago,
        dates.months,
        dates.numeric,
        dates.week_of,
        dates.week_of_month,
        dates.weekday,
        dates.weekday_of_week,
        dates.weekdays,
        dates.weekday_off,
        dates.part_of_date,
        dates.day_of_month,
        feasts.holiday,
        feasts.holiday_span,
        feasts.lunar,
        feasts.event,
        feasts.event_phase,
        deixis.deictic,
        deixis.part_of_day,
        deixis.bare_part,
        deixis.weekend,
        deixis.relative_period,
        deixis.relative_month,
        deixis.season,
        deixis.within_period,
        deixis.anaphor,
        deixis.year_end,
        deixis.midweek,
        deixis.definite,
        deixis.fixed,
        hours.clock,
        hours.spoken,
        hours.iso_time,
        hours.frequency,
        hours.every,
        hours.every_named,
        hours.times,
        years.quarter,
        years.quarter_year_ago,
        years.quarter_of_that_year,
        years.quarter_of_months,
        years.half,
        years.era,
        years.fiscal,
        years.year,
        years.years,
        years.spelled_year,
        years.decade,
        years.century,
        lengths.duration,
        lengths.range_of_units,
        lengths.vague,
        lengths.unit_long,
        lengths.window,
        lengths.ago,
        lengths.anaphoric,
        lengths.from_now,
        lengths.comparison,
    )
}
"""Every name that a rule's `means` may have."""
