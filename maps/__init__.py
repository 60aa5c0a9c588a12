"""Pages for people: the roster, the team map and the route of a nurse on a day. Every page is one file without a network."""
