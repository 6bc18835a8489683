"""The faults of the table in assurance, section 3d: each a function that does one run of it."""
