"""Mail: written in the transaction of its cause, sent once, after the commit."""

from confsys.core.mail.models import MailMessage, MailState
from confsys.core.mail.writing import Recipient, composed, post

__all__ = ["MailMessage", "MailState", "Recipient", "composed", "post"]
