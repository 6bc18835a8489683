"""The verbs of a contract's cycle."""
