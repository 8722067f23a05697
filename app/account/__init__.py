"""Signing in and out. What you may do then is `app.access`; the door is `app.web.guards`."""
