"""After a form is sent: the copy, corrections, who opened it, and withdrawal."""
