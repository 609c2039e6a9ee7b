"""A message as the mail log keeps it until it is sent: encrypted, because links in it open doors."""

import base64
import json
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.core.mail.message import EmailMessage

from portal.core.crypto import decrypt, encrypt

_PLAIN = ("subject", "body", "from_email", "to", "cc", "bcc", "reply_to")


class Unsealable(TypeError):
    """The message holds something that cannot be kept, such as a ready-made MIME part."""


def seal(message: EmailMessage, *, schema: str) -> str:
    """`message` as encrypted text of `schema`. Raises Unsealable."""
    kept: dict[str, Any] = {name: getattr(message, name) for name in _PLAIN}
    kept["subject"], kept["body"] = str(message.subject), str(message.body)
    kept["headers"] = {name: str(value) for name, value in message.extra_headers.items()}
    kept["alternatives"] = [[str(part.content), part.mimetype] for part in getattr(message, "alternatives", [])]
    kept["attachments"] = [_attachment(part) for part in message.attachments]
    return encrypt(json.dumps(kept), schema=schema)


def unseal(sealed: str, *, schema: str) -> EmailMultiAlternatives:
    """The message behind `sealed`; raises UnreadableSecret when it was sealed for another schema."""
    kept = json.loads(decrypt(sealed, schema=schema))
    message = EmailMultiAlternatives(headers=kept["headers"], **{name: kept[name] for name in _PLAIN})
    for content, mimetype in kept["alternatives"]:
        message.attach_alternative(content, mimetype)
    for name, content, mimetype in kept["attachments"]:
        message.attach(name, base64.b64decode(content), mimetype)
    return message


def _attachment(part: Any) -> list[Any]:
    if not isinstance(part, tuple):
        raise Unsealable("attach files by name and content")
    name, content, mimetype = part
    raw = content if isinstance(content, bytes) else str(content).encode()
    return [name, base64.b64encode(raw).decode(), mimetype]
