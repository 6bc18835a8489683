"""Tables of on-site work: devices, what is checked out to them, every edit they sent, and photos."""

from portal.reviews.offline.models.devices import CheckOut, OnSiteDevice
from portal.reviews.offline.models.operations import HeldOperation, HeldWhy, Operation, Outcome
from portal.reviews.offline.models.photos import EvidencePhoto

__all__ = [
    "CheckOut",
    "EvidencePhoto",
    "HeldOperation",
    "HeldWhy",
    "OnSiteDevice",
    "Operation",
    "Outcome",
]
