"""Tables of registration: what is sold, who has a place, who waits for one, and the papers made of it."""

from confsys.registration.models.catalogue import Ticket, TicketPrice, Voucher
from confsys.registration.models.papers import AttendanceCertificate, AttendanceCertificateFile, BadgeSheet
from confsys.registration.models.places import Attendee, Basket, Extra, StudentProof, VoidCode
from confsys.registration.models.waiting import WaitingEntry

__all__ = [
    "AttendanceCertificate",
    "AttendanceCertificateFile",
    "Attendee",
    "BadgeSheet",
    "Basket",
    "Extra",
    "StudentProof",
    "Ticket",
    "TicketPrice",
    "VoidCode",
    "Voucher",
    "WaitingEntry",
]
