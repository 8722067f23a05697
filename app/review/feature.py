"""The queue, a case, its sessions and its corrections, for clinicians."""

from app.core.access import Permission
from app.review.case import routes as case
from app.review.corrections import routes as corrections
from app.review.queue import routes as queue
from app.review.sessions import routes as sessions
from app.web.features import Feature, MenuEntry

# The queue and the case put their views into one blueprint.
VIEWS = (queue, case, corrections, sessions)

FEATURE = Feature(
    blueprints=tuple(dict.fromkeys(module.bp for module in VIEWS)),
    menu=(MenuEntry(Permission.REVIEW, "Patients", "/review/", place=10),),
)
