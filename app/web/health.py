"""For whoever watches the service: is it running, and can it serve."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from app.web.guards import public
from app.web.transaction import request_session

bp = Blueprint("health", __name__, url_prefix="/health")


@bp.get("/live")
@public("says only that the process answers")
def live() -> ResponseReturnValue:
    """The process answers. It asks nothing of the database: a restart would not mend that."""
    return jsonify(status="ok")


@bp.get("/ready")
@public("says only that the database answers")
def ready() -> ResponseReturnValue:
    """The database answers too, else 503."""
    request_session().execute(text("select 1"))
    return jsonify(status="ok")
