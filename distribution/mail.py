"""The mail that carries a document: a plain part, an HTML part with one chart, attachments.

Belongs here: composing it once, storing it without its reader, and addressing it when it is
sent. Does not belong here: SMTP (`distribution.channels.email`). Aggregates only: the caller has
checked that the document holds nothing about one person.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime

from reports.dashboards.mail import MailBody
from reports.render import RenderedFile

MEDIA_TYPE = "message/rfc822"
LONGEST_SUBJECT = 60


def compose(body: MailBody, attachments: Sequence[RenderedFile]) -> bytes:
    """Return the mail without sender, reader, date and id: the same body, the same bytes."""
    message = EmailMessage(policy=policy.SMTP)
    message["Subject"] = " ".join(body.subject.split())[:LONGEST_SUBJECT]
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(body.text)
    message.add_alternative(body.html, subtype="html")
    page = message.get_payload()[1]  # type: ignore[index]
    for image in body.images:
        page.add_related(  # type: ignore[union-attr]
            image.content, "image", "png", cid=f"<{image.name}>", filename=f"{image.name}.png"
        )
    for file in attachments:
        main, _, rest = file.media_type.partition(";")[0].partition("/")
        message.add_attachment(file.content, main, rest, filename=file.name)
    _fix_boundaries(message, hashlib.sha256(body.html.encode()).hexdigest()[:24])
    return message.as_bytes()


def addressed(stored: bytes, *, sender: str, address: str, message_id: str, at: datetime) -> bytes:
    """Return the stored mail for one reader; the same arguments, the same bytes."""
    message = message_from_bytes(stored, policy=policy.SMTP)
    message["From"] = sender
    message["To"] = address
    message["Date"] = format_datetime(at)
    message["Message-ID"] = message_id
    return message.as_bytes()


def _fix_boundaries(message: EmailMessage, seed: str) -> None:
    for number, part in enumerate(message.walk()):
        if part.is_multipart():
            part.set_boundary(f"=-{seed}-{number}")
