"""Why and why not: what blocks a visit or a duty, what it would cost, and the least change that would do."""
