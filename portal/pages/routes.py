"""Every page of this package on its blueprint: importing a file adds its routes."""

from portal.pages import accessibility, audit_view, finder, help_page, service_page
from portal.pages.blueprint import blueprint

__all__ = ["accessibility", "audit_view", "blueprint", "finder", "help_page", "service_page"]
