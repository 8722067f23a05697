"""An admin takes the records out: every case as CSV, and the data dictionary beside it."""
