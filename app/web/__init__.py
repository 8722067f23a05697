"""What every feature shares at the HTTP edge: the door, the transaction, the clock, limits, headers and errors."""
