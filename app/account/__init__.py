"""Signing in and out. What you may do then is `app.core.access`; the door is `app.web.guards`."""
