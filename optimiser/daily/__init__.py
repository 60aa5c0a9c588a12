"""Day-to-day acts on a published plan."""
