"""Pages of what contracts say. Importing this attaches every view to the blueprint."""

from portal.contracts.definition.views import reading

__all__ = ["reading"]
