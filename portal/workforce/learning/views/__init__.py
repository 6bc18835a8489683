"""The pages of learning."""

from portal.workforce.learning.views import certificates, modules, people, quizzes, recording
from portal.workforce.learning.views.blueprint import blueprint

__all__ = ["blueprint", "certificates", "modules", "people", "quizzes", "recording"]
