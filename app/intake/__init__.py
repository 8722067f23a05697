"""A patient fills in, checks and signs; help pages the moment an answer says so."""
