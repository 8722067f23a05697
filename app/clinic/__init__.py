"""Running the clinic: who is invited, and what became of it."""
