"""Cooperative games: what coalitions can do by themselves, and how to share what all can do together."""
