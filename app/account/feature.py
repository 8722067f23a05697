"""Staff accounts: signing in and out."""

from app.account import routes, sign_in
from app.web.features import Feature

FEATURE = Feature(blueprints=(routes.bp,), init_app=sign_in.init_app)
