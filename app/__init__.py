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

    from app import commands
    from app.jobs import worker
    from app.web import (
        errors,
        extensions,
        features,
        fetching,
        filters,
        guards,
        headers,
        health,
        language,
        limits,
        log,
        request,
        untouched_questions,
    )
    from app.web.transaction import Application

    app = Application(__name__, template_folder="../templates", instance_path=str(settings.instance))
    app.config["SETTINGS"] = settings
    app.config["TRUSTED_HOSTS"] = list(settings.trusted_hosts) if settings.trusted_hosts else None
    # A form may be filled in over days. Referrers are not sent (see headers), so they cannot be checked either.
    app.config.update(WTF_CSRF_TIME_LIMIT=None, WTF_CSRF_SSL_STRICT=False)
    # No message of WTForms is shown to patients, and staff read English: its catalogue would be parsed for each form.
    app.config["WTF_I18N_ENABLED"] = False
    # A slip in a template is an error, never a blank on a patient's page.
    app.jinja_env.undefined = StrictUndefined

    found = tuple(
        feature
        for feature in features.find_features()
        if feature.in_production or settings.env != "production"
    )
    # In the order in which they look at a request.
    for part in (log, limits, request, language):
        part.init_app(app)
    extensions.bind_database(app, settings)
    worker.init_app(app, chores=tuple(chore for feature in found for chore in feature.chores))
    extensions.csrf.init_app(app)
    for part in (errors, fetching, filters, headers, health, untouched_questions):
        part.init_app(app)
    features.init_app(app, found)
    guards.refuse_unguarded(app)
    commands.init_app(app)
    return app
