"""The pages of assessments."""

from portal.reviews.assessment.views import (  # noqa: F401  importing a file adds its routes
    answering,
    files,
    guiding,
    item,
    moderating,
    moves,
    naming,
    sheet,
    show,
    starting,
)
from portal.reviews.assessment.views.blueprint import blueprint

__all__ = ["blueprint"]
