"""Invitations: links, codes, pauses, and the staff page that lists them."""
