"""How synthetic weeks are made: district facts, people, orders, tasks and a lawful past. See instances/generate.py."""
