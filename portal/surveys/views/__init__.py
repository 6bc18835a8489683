"""Pages of surveys."""

from portal.surveys.views import answering, focus, managing, naming, reading
from portal.surveys.views.blueprint import blueprint

__all__ = ["answering", "blueprint", "focus", "managing", "naming", "reading"]
