"""The pages of learning."""

from portal.workforce.learning.views import (
    certificates,
    clinical,
    gate,
    host_teams,
    modules,
    people,
    quizzes,
    recording,
)
from portal.workforce.learning.views.blueprint import blueprint

__all__ = [
    "blueprint",
    "certificates",
    "clinical",
    "gate",
    "host_teams",
    "modules",
    "people",
    "quizzes",
    "recording",
]
