"""How long from A to B: one engine interface, several sources. Asks nothing of law, contracts or search."""
