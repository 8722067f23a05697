"""Features register themselves: each package of the app that has a module `feature` declares there what it adds.

What `app/notes/feature.py` holds in FEATURE is part of the app; nothing else has to name it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from pkgutil import iter_modules
from typing import cast

from flask import Blueprint, Flask, current_app, request

from app.core.access import Permission
from app.core.act import Act
from app.web.staff_session import staff


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """A link at the top of every staff page."""

    permission: Permission
    """Staff with this permission see the entry."""
    text: str
    """Its words."""
    path: str
    """Below the root of the app, such as /review/."""
    place: int
    """The order of the entries; a person's first is their page after signing in."""


@dataclass(frozen=True, slots=True)
class Feature:
    """What one package adds to the app."""

    blueprints: tuple[Blueprint, ...]
    """Its routes."""
    menu: tuple[MenuEntry, ...] = ()
    """Its entries of the staff menu."""
    chores: tuple[Callable[[Act], int], ...] = ()
    """Done every hour. Each processes one batch in one transaction and returns the number of rows handled, 0 when
    nothing is left."""
    patient_facing: bool = False
    """Whether patients read its pages: these are offered in the patient's language."""
    in_production: bool = True
    """Whether it is there in a clinic, and not only in demonstrations and tests."""
    init_app: Callable[[Flask], None] | None = None
    """Called before the blueprints are registered."""


def find_features() -> tuple[Feature, ...]:
    """The FEATURE of every package that has one, in the order of the packages' names."""
    house = __name__.partition(".")[0]
    packages = iter_modules([str(Path(__file__).parents[1])])
    names = (f"{house}.{found.name}" for found in packages if found.ispkg)
    return tuple(
        cast(Feature, import_module(f"{name}.feature").FEATURE)
        for name in sorted(names)
        if find_spec(f"{name}.feature") is not None
    )


def init_app(app: Flask, features: tuple[Feature, ...]) -> None:
    """Register the features that belong into this app."""
    for feature in features:
        if feature.init_app is not None:
            feature.init_app(app)
        for blueprint in feature.blueprints:
            app.register_blueprint(blueprint)
    app.extensions["features"] = features
    app.extensions["patient_facing"] = frozenset(
        blueprint.name for feature in features if feature.patient_facing for blueprint in feature.blueprints
    )
    app.context_processor(lambda: {"nav_links": nav_links()})


def own_menu() -> tuple[MenuEntry, ...]:
    """The menu entries that the signed-in person may open, in their order."""
    person = staff()
    features: tuple[Feature, ...] = current_app.extensions["features"]
    entries = (entry for feature in features for entry in feature.menu)
    return tuple(
        sorted(
            (entry for entry in entries if person and entry.permission in person.permissions),
            key=lambda entry: entry.place,
        )
    )


def nav_links() -> list[dict[str, object]]:
    """The same as template values, for the top of the page."""
    return [
        {
            "text": entry.text,
            "url": f"{request.script_root}{entry.path}",
            "current": request.path.startswith(entry.path),
        }
        for entry in own_menu()
    ]


def is_patient_facing(blueprint: str | None) -> bool:
    """Whether patients read the pages of the blueprint of this name."""
    return blueprint in current_app.extensions["patient_facing"]
