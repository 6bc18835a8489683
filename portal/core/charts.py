"""The charts: plain figures in, SVG with caption and table out (`components/figure.html` shows them).

The drawing itself is pure and stands in `portal.core.rules.charts`.
"""

from __future__ import annotations

from portal.core.rules.charts.bands import BandMark, Total, band_bar
from portal.core.rules.charts.gantt import GanttStep, Mark, gantt
from portal.core.rules.charts.profiles import ItemBar, SectionShare, item_chart, section_profile
from portal.core.rules.charts.svg import Figure
from portal.core.rules.charts.timeline import Axis, TimelinePoint, sparkline, timeline

__all__ = [
    "Axis",
    "BandMark",
    "Figure",
    "GanttStep",
    "ItemBar",
    "Mark",
    "SectionShare",
    "TimelinePoint",
    "Total",
    "band_bar",
    "gantt",
    "item_chart",
    "section_profile",
    "sparkline",
    "timeline",
]
