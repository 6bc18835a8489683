"""The pages of assessments."""

# Importing a file adds its routes.
from portal.reviews.assessment.views import answering, files, guiding, item, moves, sheet, show, starting
from portal.reviews.assessment.views.blueprint import blueprint

__all__ = ["answering", "blueprint", "files", "guiding", "item", "moves", "sheet", "show", "starting"]
