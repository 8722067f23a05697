"""The text and address of a mail, made from its row and the records when it leaves."""

from __future__ import annotations

from uuid import UUID

from app.core.act import Act
from app.invitations import codes
from app.invitations import service as invitations
from app.mail import letters
from app.mail.smtp import Letter, MailRefused
from app.models import Invitation, Mail, MailKind, SignInCode, short_id
from app.web.clock import local
from app.web.language import SPANISH, translator_for
from app.web.settings import current_settings


def compose(act: Act, mail: Mail) -> Letter | None:
    """The letter of a mail; None when it is not wanted any more, as when its link has ended.

    Raises MailRefused while the settings name no one on call, NoResultFound for a record that is missing,
    and SealBroken.
    """
    return _about_invitation(act, mail) if mail.case_id is None else _alert(act, mail, mail.case_id)


def _alert(act: Act, mail: Mail, case_id: UUID) -> Letter:
    settings = current_settings()
    if settings.clinic is None:
        raise MailRefused("nobody is on call")
    return letters.alert(
        letters.Envelope(mail.id, act.now, settings.clinic.on_call),
        f"{settings.base_url}/review/{case_id}",
        short_id(case_id),
        f"{local(mail.created_at):%d %B, %H:%M}",
    )


def _about_invitation(act: Act, mail: Mail) -> Letter | None:
    settings = current_settings()
    clinic = settings.clinic
    invitation = act.session.get_one(Invitation, mail.invitation_id)
    link = invitations.link_of(act.session, invitation)
    if link is None:
        return None
    named = (clinic.name, clinic.phone) if clinic and settings.name_in_mail else None
    translate = (
        translator_for(invitation.language) if settings.spanish and invitation.language == SPANISH else str
    )
    to = letters.Envelope(mail.id, act.now, link["email"], named, translate)
    if mail.kind is MailKind.ERASED:
        return letters.erased(to)
    if invitation.cancelled_at or invitation.is_paused(act.now) or invitation.expires_at <= act.now:
        return None
    if mail.kind is MailKind.CODE:
        digits = codes.new_digits(act, act.session.get_one(SignInCode, mail.code_id))
        return None if digits is None else letters.code(to, digits)
    if mail.kind is MailKind.REMINDER and invitations.was_sent(act.session, invitation):
        return None
    write = {
        MailKind.INVITATION: letters.invitation,
        MailKind.REMINDER: letters.reminder,
        MailKind.CHECK_IN: letters.check_in,
    }
    return write[mail.kind](to, f"{settings.base_url}/i/{link['token']}")
