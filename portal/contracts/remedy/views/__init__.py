"""Pages of remedial plans. Importing this attaches every view to the blueprint."""

from portal.contracts.remedy.views import deciding, reading, tasks

__all__ = ["deciding", "reading", "tasks"]
