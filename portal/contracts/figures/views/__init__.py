"""Pages of figures. Importing this attaches every view to the blueprint."""

from portal.contracts.figures.views import entering, reading

__all__ = ["entering", "reading"]
