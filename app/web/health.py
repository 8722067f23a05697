"""For whoever watches the service: is it running, and can it serve."""

from flask import Blueprint, current_app, jsonify
from flask.typing import ResponseReturnValue

from app import belonging, outbox
from app.web.guards import public
from app.web.request import now
from app.web.transaction import request_session

UNTOLD = "An alert has not reached whoever is on call. The mail is tried again until it arrives or the case is taken."

bp = Blueprint("health", __name__, url_prefix="/health")


@bp.get("/live")
@public("says only that the process answers")
def live() -> ResponseReturnValue:
    """The process answers. It asks nothing of the database: a restart would not mend that."""
    return jsonify(status="ok")


@bp.get("/ready")
@public("says only that the database answers, is ours, and whether an alert waits: not whose or how many")
def ready() -> ResponseReturnValue:
    """The database answers too, is of these settings and its keys are ours, and whoever is on call is told what they
    have to be; else 503.

    For whoever is woken by it. What decides where patients are led to asks `live`: their pages must not go away
    because a mail server did.
    """
    belonging.check(request_session().connection(), current_app.extensions["belonging"].ours)
    if outbox.is_overdue(request_session(), now()):
        return jsonify(status="not ready", because=[UNTOLD]), 503
    return jsonify(status="ok")
