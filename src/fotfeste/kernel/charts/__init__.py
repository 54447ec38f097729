"""
Pictures of figures, drawn on the server as SVG, each with the table it shows.

A chart is a value: give it the figures, put ``chart.svg`` and ``chart.table`` on the page (the component
``kernel/components/chart.html`` does both). The same picture goes into a letter with ``chart.standalone(width)``.
See docs/adr/0011-charts.md.
"""

from fotfeste.kernel.charts.bars import Bar, BarChart
from fotfeste.kernel.charts.fan import FanChart, Spoke
from fotfeste.kernel.charts.lines import LineChart, Series
from fotfeste.kernel.charts.multiples import Panel, SmallMultiples
from fotfeste.kernel.charts.scales import Unit
from fotfeste.kernel.charts.sparkline import Sparkline
from fotfeste.kernel.charts.stacked import Category, Stack, StackedBarChart

__all__ = [
    "Bar",
    "BarChart",
    "Category",
    "FanChart",
    "LineChart",
    "Panel",
    "Series",
    "SmallMultiples",
    "Sparkline",
    "Spoke",
    "Stack",
    "StackedBarChart",
    "Unit",
]
