"""Sending mail: each that is due is claimed, composed and handed over, each step in a transaction of its own.

Alerts are sent before all other mail. What goes wrong with one mail is recorded with it, and is nothing to the others.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import structlog
from flask import Flask
from sqlalchemy.exc import InterfaceError, NoResultFound, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from app.jobs.composing import compose
from app.mail import claims, demo_mailbox, smtp
from app.models import Trouble
from app.models.sealing import SealBroken
from app.web.act import system_act
from app.web.extensions import db
from app.web.settings import current_settings

DATABASE_AWAY = (OperationalError, InterfaceError, PoolTimeoutError)

log = structlog.get_logger("foreroom.jobs")


def deliver_due(app: Flask) -> None:
    """Send every mail that is due: alerts before all others."""
    deliver_alerts(app)
    deliver_others(app)


def deliver_alerts(app: Flask) -> None:
    """Send every alert that is due, with those of jobs that died and those given up before this process began.

    After each it looks again: a new one does not wait behind those that were tried before.
    """
    tried: set[UUID] = set()
    while True:
        with app.app_context(), db.sessionmaker.begin() as session:
            if not app.extensions["jobs"].alerts_retried:
                claims.retry_given_up_alerts(system_act(session))
            claims.release_expired(system_act(session), alerts=True)
            ids = claims.due_mails(system_act(session), alerts=True)
        app.extensions["jobs"].alerts_retried = True
        mail_id = next((one for one in ids if one not in tried), None)
        if mail_id is None:
            return
        tried.add(mail_id)
        _deliver_logged(app, mail_id)


def deliver_others(app: Flask) -> None:
    """Send every other mail that is due, with those of jobs that died."""
    with app.app_context(), db.sessionmaker.begin() as session:
        claims.release_expired(system_act(session), alerts=False)
        ids = list(claims.due_mails(system_act(session), alerts=False))
    for mail_id in ids:
        _deliver_logged(app, mail_id)


def _deliver_logged(app: Flask, mail_id: UUID) -> None:
    """Send one mail. Logs what goes wrong with it, so that the others are sent."""
    try:
        deliver(app, mail_id)
    except Exception as problem:
        log.error("mail not sent", error=type(problem).__name__)


def deliver(app: Flask, mail_id: UUID) -> None:
    """Send one mail if it is due and no other job holds it. Each step is committed before the next is taken.

    Raises what the database raises: the claim is freed by itself.
    """
    with app.app_context():
        with db.sessionmaker.begin() as session:
            claimed = claims.claim(system_act(session), mail_id)
            if claimed is None:
                return
            tries = claimed.tries

        def record(outcome: Callable[..., None], *facts: object, **more: object) -> None:
            with db.sessionmaker.begin() as session:
                outcome(system_act(session), mail_id, tries, *facts, **more)

        try:
            letter = _compose_claimed(mail_id, tries)
            if letter is not None and _hand_over(letter, mail_id, tries):
                record(claims.mark_sent)
        except (_MailUnwritable, smtp.BadAddress) as problem:
            trouble = problem.trouble if isinstance(problem, _MailUnwritable) else Trouble.ADDRESS
            log.error(
                "mail cannot be written", mail=str(mail_id), reason=trouble.value, error=_cause_of(problem)
            )
            record(claims.mark_unwritable, trouble)
        except smtp.MailRefused as problem:
            log.warning("mail refused", reason=str(problem))
            record(claims.mark_refused, for_good=problem.for_good)
        except smtp.DeliveryUnknown:
            log.warning("mail may not have been taken")
            record(claims.mark_interrupted)
        except DATABASE_AWAY:
            raise
        except Exception as problem:
            log.error("mail not sent", error=type(problem).__name__)
            record(claims.mark_interrupted)


def _cause_of(problem: BaseException) -> str:
    return type(problem.__cause__ or problem).__name__


class _MailUnwritable(Exception):
    """No text could be made of a mail."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


def _compose_claimed(mail_id: UUID, tries: int) -> smtp.Letter | None:
    """The letter of a claimed mail; None when the claim was lost, or the mail is not wanted any more.

    Raises _MailUnwritable, MailRefused while the settings name no one on call, and what the database raises.
    """
    try:
        with db.sessionmaker.begin() as session:
            claimed = claims.claimed_mail(session, mail_id, tries)
            if claimed is None:
                return None
            act = system_act(session)
            letter = compose(act, claimed)
            if letter is None:
                claims.cancel_claimed(claimed, act.now)
            return letter
    except (smtp.MailRefused, *DATABASE_AWAY):
        raise
    except NoResultFound as problem:
        raise _MailUnwritable(Trouble.MISSING) from problem
    except SealBroken as problem:
        raise _MailUnwritable(Trouble.SEALED) from problem
    except Exception as problem:
        raise _MailUnwritable(Trouble.TEXT) from problem


def _hand_over(letter: smtp.Letter, mail_id: UUID, tries: int) -> bool:
    """Give the letter to the server, or put it into the folder of a demonstration. Returns whether it was sent.

    Raises MailRefused and DeliveryUnknown.
    """

    def handing() -> bool:
        with db.sessionmaker.begin() as session:
            return claims.begin_handing(system_act(session), mail_id, tries)

    settings = current_settings()
    if settings.mail is not None:
        return smtp.send(settings.mail, letter, handing)
    if settings.mailbox is None:
        raise smtp.MailRefused("no server")
    if not handing():
        return False
    demo_mailbox.store_letter(settings.mailbox, letter)
    return True
