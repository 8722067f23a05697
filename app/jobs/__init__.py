"""Work that no page waits for: the queue and its threads, the mail they send, and what each mail says."""
