"""What a programme is: the rules under which services run, as read from a definition file.

The format is described in docs/programmes.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from portal.programmes.rules.review import ReviewProcess

UNITS = {
    "months": ("month", "months"),
    "weeks": ("week", "weeks"),
    "people": ("person", "people"),
    "percent": ("%", "%"),
    "pence": ("penny", "pence"),
    "hours": ("hour a week", "hours a week"),
}


class DefinitionError(ValueError):
    """A programme's definition does not hold. Its text is one line: the file and the reason."""

    def __init__(self, file: str, reason: str) -> None:
        self.file, self.reason = file, reason
        super().__init__(f"{file}: {reason}")


@dataclass(frozen=True)
class Parameter:
    """A figure that the programme sets: at least `low`, at most `high`, both the same where it is one figure.

    Neither where the source leaves it open. `ours` marks a default that is our reading.
    """

    key: str
    title: str
    unit: str
    source: str
    low: Decimal | None = None
    high: Decimal | None = None
    note: str = ""
    ours: bool = False

    @property
    def words(self) -> str:
        """The figure as people read it: at least 70%, 9 to 12 months, £2,000 to £2,500, not set."""
        if self.low is None and self.high is None:
            return "Not set"
        if self.low is None or self.high is None:
            which, figure = ("At most", self.high) if self.low is None else ("At least", self.low)
            return f"{which} {self._figure(figure, self.unit)}"
        if self.low == self.high:
            return self._figure(self.low, self.unit)
        if self.unit == "pence":
            return f"{self._figure(self.low, 'pence')} to {self._figure(self.high, 'pence')}"
        return f"{self.low:,f} to {self._figure(self.high, self.unit)}"

    @staticmethod
    def _figure(value: Decimal | None, unit: str) -> str:
        value = value or Decimal(0)
        if unit == "pence":
            pounds = value / 100
            return f"£{pounds:,.0f}" if pounds == pounds.to_integral_value() else f"£{pounds:,.2f}"
        if unit == "percent":
            return f"{value:,f}%"
        one, many = UNITS[unit]
        return f"{value:,f} {one if value == 1 else many}"


@dataclass(frozen=True)
class Cadence:
    """How often services are assessed, in months. None: the programme asks for none.

    `external_accredited_every` holds while the service keeps one of the `accredited_bands`.
    """

    external_first_within: int | None
    external_every: int | None
    external_accredited_every: int | None
    accredited_bands: tuple[str, ...]
    self_every: int | None
    source: str
    ours: bool
    note: str = ""


@dataclass(frozen=True)
class OpenPoint:
    """Something the source leaves open or says in two ways, and how we read it."""

    source: str
    text: str
    reading: str


@dataclass(frozen=True)
class Programme:
    """A complete definition."""

    key: str
    title: str
    short_title: str
    source: str
    summary: str
    scales: tuple[str, ...]  # the first is the default of a new assessment
    settings: tuple[str, ...]  # the settings in which its services usually work
    review: ReviewProcess  # how its external reviews run
    parameters: tuple[Parameter, ...]
    cadence: Cadence
    open_points: tuple[OpenPoint, ...]

    @property
    def default_scale(self) -> str:
        return self.scales[0]

    @property
    def by_key(self) -> Mapping[str, Parameter]:
        """The parameters by key."""
        return {parameter.key: parameter for parameter in self.parameters}
