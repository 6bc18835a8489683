"""Faults that only a true browser has: killed processes, a full store, another person, a new version."""
