"""The pages of agreement and calibration."""

from portal.reviews.agreement.views import (  # noqa: F401  views register themselves when imported
    comparing,
    exercises,
    rating,
)
from portal.reviews.agreement.views.blueprint import blueprint

__all__ = ["blueprint"]
