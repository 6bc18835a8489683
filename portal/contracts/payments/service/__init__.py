"""The verbs of payments."""

from portal.contracts.payments.service.deciding import enter, release, retain, take_back

__all__ = ["enter", "release", "retain", "take_back"]
