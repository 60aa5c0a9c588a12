"""What no plan of a problem can go below, proved by prices: docs/explanation/bounds.md."""
