"""For whoever watches the service: is it running, and can it serve."""

from flask import Blueprint, current_app, jsonify
from flask.typing import ResponseReturnValue

from app import belonging
from app.web.guards import public
from app.web.transaction import request_session

bp = Blueprint("health", __name__, url_prefix="/health")


@bp.get("/live")
@public("says only that the process answers")
def live() -> ResponseReturnValue:
    """The process answers. It asks nothing of the database: a restart would not mend that."""
    return jsonify(status="ok")


@bp.get("/ready")
@public("says only that the database answers, and is ours")
def ready() -> ResponseReturnValue:
    """The database answers too, is of these settings, and its keys are ours: else 503."""
    belonging.check(request_session().connection(), current_app.extensions["belonging"].ours)
    return jsonify(status="ok")
