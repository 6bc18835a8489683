"""The verbs of remedial plans. The tasks' own verbs are those of the plans' engine (portal.plans.service)."""

from portal.contracts.remedy.loading import Target
from portal.contracts.remedy.service.deciding import agree, ask, close, leave, send_back
from portal.contracts.remedy.service.drafting import set_closing, start, submit

__all__ = ["Target", "agree", "ask", "close", "leave", "send_back", "set_closing", "start", "submit"]
