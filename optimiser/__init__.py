"""The planner: rooms and their directions are described in docs/architecture.md."""
