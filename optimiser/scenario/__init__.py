"""Who may serve what, and whose cover it is, under a sharing contract."""
