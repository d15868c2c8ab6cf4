"""Mail over SMTP: TLS first and verified, one recipient per transaction, doubt kept as doubt.

Belongs here: the conversation with the server. Does not belong here: what the mail says
(`distribution.mail`), who receives it, and whether it is tried again.
"""

from __future__ import annotations

import contextlib
import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

from distribution.addresses import domain_of, parse_address
from distribution.channels.outcome import Commit, Outcome
from distribution.destinations import SmtpServer

LINE_END = re.compile(rb"\r\n|\r|\n")
LEADING_DOT = re.compile(rb"(?m)^\.")
UNCLEAR = "the server gave no clear answer after the message; it may have arrived"
GO_AHEAD, ACCEPTED, RECIPIENT_OK = 354, 250, (250, 251)


class _Ended(Exception):
    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.reason)
        self.outcome = outcome


def send(server: SmtpServer, address: str, message: bytes, commit: Commit) -> Outcome:
    """Return how one mail to one address ended.

    Args:
        server: where to, and with which certificates and password.
        address: the one recipient.
        message: the mail with its headers.
        commit: called right before the last byte that makes the server responsible; whatever
            breaks after it leaves the outcome unknown.
    """
    try:
        with _connected(server) as smtp:
            _open(smtp, server)
            _address(smtp, server, address)
            return _transmit(smtp, message, commit)
    except _Ended as ended:
        return ended.outcome
    except ssl.SSLCertVerificationError:
        return _stopped(server, "shows a certificate that is not trusted")
    except smtplib.SMTPAuthenticationError as error:
        return _stopped(server, "does not accept the user name and password", error.smtp_code)
    except smtplib.SMTPNotSupportedError:
        return _stopped(server, "does not offer what is needed to sign in")
    except smtplib.SMTPResponseException as error:
        return Outcome("later", f"destination {server.name} is not ready", str(error.smtp_code))
    except (OSError, smtplib.SMTPException) as error:
        return Outcome("later", f"destination {server.name}: {type(error).__name__}")


@contextmanager
def _connected(server: SmtpServer) -> Iterator[smtplib.SMTP]:
    smtp = smtplib.SMTP(
        server.host,
        server.port,
        local_hostname=domain_of(parse_address(server.sender.rpartition("<")[2].rstrip(">"))),
        timeout=server.timeout_seconds,
    )
    try:
        yield smtp
        with contextlib.suppress(OSError, smtplib.SMTPException):
            smtp.quit()
    finally:
        smtp.close()


def _open(smtp: smtplib.SMTP, server: SmtpServer) -> None:
    smtp.ehlo()
    if not smtp.has_extn("starttls"):
        raise _Ended(_stopped(server, "does not offer STARTTLS: nothing is sent in the clear"))
    context = ssl.create_default_context(cafile=str(server.ca_file) if server.ca_file else None)
    code, _ = smtp.starttls(context=context)
    if code != 220:
        raise _Ended(_stopped(server, "refuses STARTTLS", code))
    smtp.ehlo()
    if server.username:
        smtp.login(server.username, server.password)


def _address(smtp: smtplib.SMTP, server: SmtpServer, address: str) -> None:
    sender = server.sender.rpartition("<")[2].rstrip(">")
    code, _ = smtp.mail(sender)
    if code != ACCEPTED:
        raise _Ended(_by_code(code, "the sender"))
    code, _ = smtp.rcpt(address)
    if code not in RECIPIENT_OK:
        raise _Ended(_by_code(code, "the recipient"))


def _transmit(smtp: smtplib.SMTP, message: bytes, commit: Commit) -> Outcome:
    code, _ = smtp.docmd("DATA")
    if code != GO_AHEAD:
        return _by_code(code, "the message")
    body = LEADING_DOT.sub(b"..", LINE_END.sub(b"\r\n", message))
    smtp.send(body if body.endswith(b"\r\n") else body + b"\r\n")
    commit()
    try:
        smtp.send(b".\r\n")
        code, _ = smtp.getreply()
    except (OSError, smtplib.SMTPException):
        return Outcome("unknown", UNCLEAR)
    if 400 <= code < 600:
        return _by_code(code, "the message")
    if 200 <= code < 300:
        return Outcome("accepted", "", str(code))
    return Outcome("unknown", UNCLEAR, str(code))


def _by_code(code: int, what: str) -> Outcome:
    if 500 <= code < 600:
        return Outcome("refused", f"the server refuses {what} for good", str(code))
    return Outcome("later", f"the server refuses {what} for now", str(code))


def _stopped(server: SmtpServer, what: str, code: int | str = "") -> Outcome:
    return Outcome("stopped", f"destination {server.name} {what}", str(code))
