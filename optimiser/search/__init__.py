"""Compiled improvement of routes, and the order in which things are tried."""
