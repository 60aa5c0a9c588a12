"""The CP-SAT roster model: who works which duty on which day, with a travel-aware load of visits."""
