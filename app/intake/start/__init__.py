"""How a patient comes to a form: by a link, a code, a tablet, or again after a pause."""
