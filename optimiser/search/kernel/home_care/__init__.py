"""The compiled search for home care days, with a cache folder of its own (fast.py)."""
