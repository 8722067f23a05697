"""The staff page that lists invitations and sends them."""

from app.core.access import Permission
from app.invitations import routes
from app.web.features import Feature, MenuEntry

FEATURE = Feature(
    blueprints=(routes.bp,),
    menu=(MenuEntry(Permission.INVITE, "Invitations", "/clinic/invitations", place=30),),
)
