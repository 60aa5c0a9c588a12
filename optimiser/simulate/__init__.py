"""Chance played forward: what happens to a published plan, and what becomes of it when somebody repairs it."""
