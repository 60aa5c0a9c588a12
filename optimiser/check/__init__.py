"""The referee: every rule again, by the clock, from Instance, contract, TravelMatrix and Plan only."""
