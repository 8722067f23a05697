"""The queue of cases that wait for a clinician."""
