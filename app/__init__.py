"""Foreroom: patients tell a clinic about their health, and clinicians see what stands out and why."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from config import Settings


def create_app(settings: "Settings") -> "Flask":
    """Assemble the application. Raises UnguardedView when a view does not say who may open it."""
    # Imported here, because what is plain Python below this package, and the commands that only read files, load
    # without a web server's weight: screening one case starts in a third of the time.
    from jinja2 import StrictUndefined

    from app import commands, extensions, jobs
    from app.account import routes as account
    from app.account import sign_in
    from app.clinic import mailbox
    from app.clinic import routes as clinic
    from app.export import routes as export
    from app.intake import (
        help_routes,
        invited,
        keeping_routes,
        notice_routes,
        routes,
        start_routes,
        tablet_routes,
        withdrawing,
    )
    from app.intake import rights_routes as rights
    from app.review import correction_routes as corrections
    from app.review import routes as review
    from app.review import treatment_routes as treatments
    from app.web import errors, fetching, filters, guards, headers, health, language, limits, log, request
    from app.web.transaction import Application

    app = Application(__name__, template_folder="../templates", instance_path=str(settings.instance))
    app.config["SETTINGS"] = settings
    app.config["TRUSTED_HOSTS"] = list(settings.trusted_hosts) if settings.trusted_hosts else None
    # A form may be filled in over days. Referrers are not sent (see headers), so they cannot be checked either.
    app.config.update(WTF_CSRF_TIME_LIMIT=None, WTF_CSRF_SSL_STRICT=False)
    # A slip in a template is an error, never a blank on a patient's page.
    app.jinja_env.undefined = StrictUndefined

    # In the order in which they look at a request.
    for part in (log, limits, request, language):
        part.init_app(app)
    extensions.bind_database(app, settings)
    jobs.init_app(app, chores=(withdrawing.expire,))
    extensions.csrf.init_app(app)
    sign_in.init_app(app)
    for part in (errors, fetching, filters, headers):
        part.init_app(app)

    features = (
        account,
        health,
        start_routes,
        routes,
        help_routes,
        keeping_routes,
        notice_routes,
        tablet_routes,
        invited,
        rights,
        review,
        corrections,
        treatments,
        export,
        clinic,
    )
    # Several modules of a feature put their views into one.
    for bp in dict.fromkeys(feature.bp for feature in features):
        app.register_blueprint(bp)
    rights.limit(app)
    if settings.env != "production":
        app.register_blueprint(mailbox.bp)
    guards.refuse_unguarded(app)
    commands.init_app(app)
    return app
