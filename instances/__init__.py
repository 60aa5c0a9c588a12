"""Folders of tables in, folders of tables out: the instance format, plans, names and the bundled instances."""
