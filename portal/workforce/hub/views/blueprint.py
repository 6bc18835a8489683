"""The blueprint of the recruitment hub, public and for those who post."""

from __future__ import annotations

from flask import Blueprint

from portal.core.access import Public

blueprint = Blueprint("hub", __name__)
ANYBODY = Public("the recruitment hub is for people who look for work")
