"""A mail server of this machine, that takes what it is given, or does not, and what it then holds."""

from __future__ import annotations

import asyncio
import datetime as dt
import ipaddress
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from config import MailServer

USER, PASSWORD = "forms", "Papagayo-de-noche"
FROM = "forms@clinic.test"


@dataclass
class Received:
    """What came, and what the server says: a reply, or None to hang up."""

    letters: list[EmailMessage] = field(default_factory=list)
    envelopes: list[tuple[str, list[str]]] = field(default_factory=list)
    to_recipient: str = "250 OK"
    to_text: str | None = "250 taken"
    signed_in: list[bytes] = field(default_factory=list)
    silent_for: str = ""
    """The end of addresses at which it says nothing at all."""

    async def handle_RCPT(  # noqa: N802 - the name it is called by
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        while self.silent_for and address.endswith(self.silent_for):
            await asyncio.sleep(0.02)
        if self.to_recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.to_recipient

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        if self.to_text is None or self.to_text.startswith("250"):
            self.envelopes.append((envelope.mail_from, envelope.rcpt_tos))
            self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        if self.to_text is None:
            server.transport.abort()
            return "250 never heard"
        return self.to_text

    def authenticate(
        self, _server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any
    ) -> AuthResult:
        if isinstance(data, LoginPassword):
            self.signed_in.append(data.login)
            if (data.login, data.password) == (USER.encode(), PASSWORD.encode()):
                return AuthResult(success=True)
        return AuthResult(success=False, handled=False)


class _OnFreePort(Controller):
    """It can be told a port only: this one is taken before, so that nobody else has it."""

    def __init__(self, handler: Received, **more: Any) -> None:
        self.socket = socket.socket()
        self.socket.bind(("127.0.0.1", 0))
        super().__init__(handler, hostname="127.0.0.1", port=self.socket.getsockname()[1], **more)

    def _create_server(self) -> Any:
        return self.loop.create_server(self._factory_invoker, sock=self.socket)


@contextmanager
def receiving(certificate: Path | None = None, *, sign_in: bool = False) -> Iterator[tuple[Received, int]]:
    """A server that runs until the block ends, and its port. With a certificate it knows STARTTLS."""
    received = Received()
    more: dict[str, Any] = {}
    if certificate:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate)
        more["tls_context"] = context
    if sign_in:
        more |= {
            "authenticator": received.authenticate,
            "auth_required": True,
            "auth_require_tls": bool(certificate),
        }
    controller = _OnFreePort(received, **more)
    controller.start()
    try:
        yield received, controller.port
    finally:
        controller.stop()


def server(port: int, **more: Any) -> MailServer:
    """Its address, as settings would give it: in the clear on this machine, unless told otherwise."""
    given: dict[str, Any] = {
        "host": "127.0.0.1",
        "sender": FROM,
        "user": None,
        "password": None,
        "starttls": False,
    }
    return MailServer(**given | {"port": port} | more)


def make_certificate(folder: Path, name: str = "127.0.0.1") -> Path:
    """A key and a certificate for it that nobody else has signed."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    start = dt.datetime.now(dt.UTC) - dt.timedelta(hours=1)
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + dt.timedelta(days=2))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(name))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "certificate.pem"
    path.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return path
