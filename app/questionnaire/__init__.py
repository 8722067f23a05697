"""What we ask. Plain Python: no Flask, no database, no clock."""
