"""Pages for people: the roster, the team map, the route of a nurse on a day. Each is one file and needs no network."""
