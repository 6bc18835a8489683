"""Supplier contracts: what they say, what was counted, and what follows."""
