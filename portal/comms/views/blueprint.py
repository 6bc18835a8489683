"""The blueprint of communications."""

from __future__ import annotations

from flask import Blueprint

from portal.accounts.access import May
from portal.accounts.rules.permissions import Permission
from portal.comms.subjects import entry_subject, newsletter_subject

blueprint = Blueprint("comms", __name__)
MANAGE = Permission.COMMS_MANAGE
ENTRY = May(MANAGE, entry_subject)
NEWSLETTER = May(MANAGE, newsletter_subject)
AT_ENTRY = "/communications/<uuid:entry_id>"
NEWSLETTERS = "/communications/newsletters"
AT_NEWSLETTER = NEWSLETTERS + "/<uuid:newsletter_id>"
