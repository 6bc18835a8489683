"""Demonstration data: invented services with two years of invented assessments, written through the verbs."""

from portal.demonstration.building import Built, build

__all__ = ["Built", "build"]
