"""Pages of a contract's cycle. Importing this attaches every view to the blueprint."""

from portal.contracts.cycle.views import cases, deciding, files, keeping, meetings, reporting

__all__ = ["cases", "deciding", "files", "keeping", "meetings", "reporting"]
