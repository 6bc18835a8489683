"""The verbs of the recruitment hub. Other features import them from here."""

from portal.workforce.hub.service.subscribing import ask, confirm, stop
from portal.workforce.hub.service.vacancies import edit_vacancy, move_vacancy, write_vacancy

__all__ = ["ask", "confirm", "edit_vacancy", "move_vacancy", "stop", "write_vacancy"]
