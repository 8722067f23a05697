"""What a mail says, and handing it to a real mail server: encrypted, signed in, once, or not at all."""

import ssl
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from app.mail import demo_mailbox, letters, smtp
from app.questionnaire.wording import Translate
from tests.mail_server import FROM, PASSWORD, USER, Received, make_certificate, receiving, server

AT = datetime(2026, 3, 2, 15, 30, tzinfo=UTC)
ID = UUID(int=7)
TO = "robin@example.test"
LINK = "https://intake.clinic.test/i/" + "x" * 43
CLINIC = ("Oak Street Ketamine Clinic", "555 010 0100")


def invitation(clinic: tuple[str, str] | None = None, to: str = TO) -> smtp.Letter:
    return letters.invitation(letters.Envelope(ID, AT, to, clinic), LINK)


def every(clinic: tuple[str, str] | None = None, translate: Translate = str) -> list[smtp.Letter]:
    """Every mail that goes to a patient."""
    to = letters.Envelope(ID, AT, TO, clinic, translate)
    with_link = (letters.invitation, letters.reminder, letters.check_in)
    return [*(write(to, LINK) for write in with_link), letters.erased(to), code()]


def code(digits: str = "012345") -> smtp.Letter:
    return letters.code(letters.Envelope(ID, AT, TO, CLINIC), digits)


def give(port: int, letter: smtp.Letter | None = None, **more: Any) -> bool:
    return smtp.send(server(port, **more), letter or invitation(), lambda: True)


def text_of(received: Received) -> str:
    return str(received.letters[0].get_content())


def test_a_server_gets_the_very_mail() -> None:
    with receiving() as (received, port):
        assert give(port)
    (letter,) = received.letters
    assert received.envelopes == [(FROM, [TO])]
    assert {
        name: str(letter[name]) for name in ("From", "To", "Subject", "Message-ID", "Auto-Submitted")
    } == {
        "From": FROM,
        "To": TO,
        "Subject": "A form for you to fill in",
        "Message-ID": f"<{ID}@clinic.test>",
        "Auto-Submitted": "auto-generated",
    }
    assert letter.get_content_type() == "text/plain"
    assert LINK in text_of(received).split()
    assert "about 10 minutes" in text_of(received)


def test_a_mail_names_the_clinic_only_when_it_may() -> None:
    for plain in every():
        for words in ("Oak Street", "Ketamine", "clinic", "555"):
            assert words.lower() not in (plain.subject + plain.body.replace(LINK, "")).lower()
    assert invitation(CLINIC).subject == "Oak Street Ketamine Clinic: A form for you to fill in"
    for named in every(CLINIC)[:-1]:
        assert named.subject.startswith("Oak Street Ketamine Clinic: ")
        assert "Call us on 555 010 0100" in named.body


def test_no_mail_speaks_of_health_or_of_anyone_by_name() -> None:
    for letter in every():
        said = (letter.subject + letter.body).lower()
        for word in ("health", "treat", "medic", "patient", "screen", "dear", "robin", "ketamine", "doctor"):
            assert word not in said.replace(LINK.lower(), "")


def test_a_code_is_in_the_text_and_not_in_the_subject() -> None:
    letter = code()
    assert "012345" in letter.body
    assert not any(character.isdigit() for character in letter.subject)
    assert "http" not in letter.body, "whoever has the code alone has no door for it"


def test_an_alert_says_nothing_but_that_somebody_is_needed_and_where_to_sign_in() -> None:
    link = f"https://intake.clinic.test/review/{ID}"
    on_call = letters.Envelope(ID, AT, "on-call@clinic.test", CLINIC)
    letter = letters.alert(on_call, link, "00000007", "02 March, 10:30")
    assert letter.subject == "Foreroom: someone needs a person now"
    assert link in letter.body.split()
    assert "00000007" in letter.body
    for word in ("suic", "harm", "911", "988", "robin", "ketamine", "born", "patient", "health"):
        assert word not in (letter.subject + letter.body.replace(link, "")).lower()


def test_paragraphs_are_one_line_apart() -> None:
    for letter in every() + every(CLINIC):
        assert "\n\n\n" not in letter.body


def test_sentences_are_short() -> None:
    for letter in every(CLINIC):
        for sentence in letter.body.replace(LINK, "").replace("?", ".").split("."):
            assert len(sentence.split()) <= 20, sentence


@pytest.mark.parametrize("name", ["Oak\r\nBcc: everyone@example.test", "Oak\nStreet", "Oak\x0bStreet"])
def test_a_name_of_several_lines_adds_no_header(name: str) -> None:
    with receiving() as (received, port):
        assert give(port, invitation((name, "555 010 0100")))
    assert received.letters[0].keys() == invitation().message(FROM).keys()
    assert received.envelopes == [(FROM, [TO])]


@pytest.mark.parametrize("address", ["a@b.test\r\nBcc: c@d.test", "a@b.test\nX: y"])
def test_an_address_of_several_lines_is_never_written_to(address: str) -> None:
    with receiving() as (received, port), pytest.raises(smtp.MailRefused) as caught:
        give(port, invitation(to=address))
    assert caught.value.for_good
    assert received.letters == []


def test_a_signed_in_and_encrypted_server_takes_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    certificate = make_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with receiving(certificate, sign_in=True) as (received, port):
        assert give(port, starttls=True, user=USER, password=PASSWORD)
    assert len(received.letters) == 1


def test_without_starttls_nothing_is_said_in_the_clear() -> None:
    with receiving() as (received, port), pytest.raises(smtp.MailRefused) as caught:
        give(port, starttls=True, user=USER, password=PASSWORD)
    assert (received.letters, received.signed_in) == ([], [])
    assert not caught.value.for_good, "it may be mended"


def test_a_server_that_cannot_prove_who_it_is_gets_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    with receiving(make_certificate(tmp_path)) as (received, port), pytest.raises(smtp.MailRefused) as caught:
        give(port, starttls=True)
    assert received.letters == []
    assert str(caught.value) == ssl.SSLCertVerificationError.__name__


def test_a_certificate_of_another_host_does_not_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    certificate = make_certificate(tmp_path, "127.0.0.2")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with receiving(certificate) as (received, port), pytest.raises(smtp.MailRefused):
        give(port, starttls=True)
    assert received.letters == []


def test_a_wrong_password_is_told_without_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    certificate = make_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    wrong = "Papagayo-de-dia"
    with receiving(certificate, sign_in=True) as (received, port), pytest.raises(smtp.MailRefused) as caught:
        give(port, starttls=True, user=USER, password=wrong)
    assert received.letters == []
    assert str(caught.value) == "SMTPAuthenticationError"
    assert caught.value.__suppress_context__
    assert wrong not in repr(server(port, user=USER, password=wrong))


@pytest.mark.parametrize(("reply", "for_good"), [("550 no such user", True), ("451 try later", False)])
def test_a_recipient_that_is_refused(reply: str, for_good: bool) -> None:
    def handing() -> bool:
        raise AssertionError("nothing is handed over yet")

    with receiving() as (received, port):
        received.to_recipient = reply
        with pytest.raises(smtp.MailRefused) as caught:
            smtp.send(server(port), invitation(), handing)
    assert caught.value.for_good is for_good


@pytest.mark.parametrize(("reply", "for_good"), [("554 spam", True), ("452 no room", False)])
def test_a_text_that_is_refused(reply: str, for_good: bool) -> None:
    with receiving() as (received, port):
        received.to_text = reply
        with pytest.raises(smtp.MailRefused) as caught:
            give(port)
    assert caught.value.for_good is for_good


def test_a_server_that_hangs_up_after_the_text_leaves_us_unsure() -> None:
    with receiving() as (received, port):
        received.to_text = None
        with pytest.raises(smtp.DeliveryUnknown):
            give(port)
    assert len(received.letters) == 1, "it has it all the same"


def test_no_server_at_all() -> None:
    with receiving() as (_, port):
        pass
    with pytest.raises(smtp.MailRefused, match="connection"):
        give(port)


def test_nothing_is_sent_when_the_claim_was_lost() -> None:
    with receiving() as (received, port):
        assert smtp.send(server(port), invitation(), lambda: False) is False
    assert received.letters == []


def test_a_folder_stands_in_where_there_is_no_server(tmp_path: Path) -> None:
    folder = tmp_path / "mailbox"
    for _ in range(2):
        demo_mailbox.store_letter(folder, invitation())
    (found,) = demo_mailbox.read_letters(folder)
    assert (found.to, found.subject) == (TO, "A form for you to fill in")
    assert [text for text, link in found.parts if link] == [LINK]
    assert folder.stat().st_mode & 0o777 == 0o700
    assert demo_mailbox.read_letters(tmp_path / "nowhere") == []
