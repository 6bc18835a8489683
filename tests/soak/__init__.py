"""The fault campaign: proves that nothing typed on site is ever lost (assurance, section 3d)."""
