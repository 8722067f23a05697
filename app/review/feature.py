"""The queue, a case, its sessions and its corrections, for clinicians."""

import app.review.case.routes
import app.review.queue.routes  # noqa: F401 - this and the one above add their views to the blueprint they share
from app.core.access import Permission
from app.review import routes
from app.review.corrections import routes as corrections
from app.review.sessions import routes as sessions
from app.web.features import Feature, MenuEntry

FEATURE = Feature(
    blueprints=(routes.bp, corrections.bp, sessions.bp),
    menu=(MenuEntry(Permission.REVIEW, "Patients", "/review/", place=10),),
)
