"""Pages of payments. Importing this attaches every view to the blueprint."""

from portal.contracts.payments.views import deciding, reading

__all__ = ["deciding", "reading"]
