"""The nouns of the planner's world. Nothing here solves, reads a file or prints."""
