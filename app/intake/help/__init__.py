"""Help pages that interrupt a form, and the calls that a patient asks for."""
