"""Files of the records, for admins."""

from app.core.access import Permission
from app.export import routes
from app.web.features import Feature, MenuEntry

FEATURE = Feature(
    blueprints=(routes.bp,), menu=(MenuEntry(Permission.EXPORT, "Export", "/export/", place=20),)
)
