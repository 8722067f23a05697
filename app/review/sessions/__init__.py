"""Treatment sessions and the check-ins planned after them."""
