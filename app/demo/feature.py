"""The demonstration's mailbox."""

from app.demo import routes
from app.web.features import Feature

FEATURE = Feature(blueprints=(routes.bp,), in_production=False)
