"""The form: its pages, saving, autosave and sending."""
