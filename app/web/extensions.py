"""The extensions that hold no state of their own, unbound, and what binds them to an app and its settings."""

from inspect import iscoroutinefunction
from typing import TYPE_CHECKING

from flask import Flask
from flask_sqlalchemy_lite import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy import event

from app.core import audit
from app.core.installation import ExpectedInstallation, InstallationCheck
from app.models import configure_engine, engine_options
from app.models.sealing import KeyRing

if TYPE_CHECKING:
    from config import Settings

db = SQLAlchemy()
csrf = CSRFProtect()


def bind_database(app: Flask, settings: "Settings") -> None:
    """Give `app` its engine and sessions. It opens no connection, so an app starts while its database is down.

    Every session carries the key ring and the audit key in `session.info`, for the code below that has no settings.
    The first one asks whether the database is one of these settings: it raises WrongDatabase before it reads.
    """
    app.config["SQLALCHEMY_ENGINES"] = {"default": engine_options(settings.database_url)}
    db.init_app(app)
    # It would start a thread and an event loop after every request, to close async sessions. There are none.
    app.teardown_appcontext_funcs = [
        end for end in app.teardown_appcontext_funcs if not iscoroutinefunction(end)
    ]
    with app.app_context():
        configure_engine(db.engine)
        ring = KeyRing(settings.sealing_keys, settings.newest_key)
        last = audit.LastWritten()
        info = {"ring": ring, "audit_key": settings.audit_key, audit.LAST_WRITTEN: last}
        db.sessionmaker.configure(info=info)
        event.listen(db.sessionmaker, "after_soft_rollback", audit.forget_undone)
        installation_check = InstallationCheck(ExpectedInstallation(settings.kind, ring, settings.audit_key))
        event.listen(db.sessionmaker, "after_begin", installation_check)
        app.extensions["installation_check"] = installation_check
