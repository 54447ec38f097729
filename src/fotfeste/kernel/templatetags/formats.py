"""Template filters for days, numbers and shares: ``{% load formats %}``, then ``{{ since|relative_day }}``."""

from django import template

from fotfeste.kernel import formats

register = template.Library()

register.filter("day", formats.day)
register.filter("short_day", formats.short_day)
register.filter("month", formats.month)
register.filter("weekday", formats.weekday)
register.filter("moment", formats.moment)
register.filter("when", formats.when)
register.filter("iso", formats.iso)
register.filter("days", formats.days)
register.filter("relative_day", formats.relative_day)
register.filter("number", formats.number)
register.filter("percent", formats.percent)
register.filter("school_year", formats.school_year)
register.filter("iso_week", formats.iso_week)
register.filter("phone", formats.phone)
register.filter("period_to", formats.period)
