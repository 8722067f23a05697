"""Mail: the outbox, the letters and the SMTP client."""
