"""One case as a clinician sees it, and what they do with it."""
