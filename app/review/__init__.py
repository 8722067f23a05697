"""A clinician works the queue: who is next and why, one page per case, and the decision."""
