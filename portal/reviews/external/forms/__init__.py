"""Forms of external reviews."""
