"""Documents that leave the house: numbered without gaps, set by typst, kept as files, never edited afterwards.

    number = next_number("receipt-2026")                      # inside the operation that issues the document
    pdf = set_pdf("payments/documents/bill.typ", data)        # outside it: setting takes a moment

A template lies beside the room's other templates; it imports ``/core/documents/house.typ`` for the letterhead and
reads ``data``, which is plain JSON and is never evaluated.
"""

from confsys.core.documents.numbering import next_number
from confsys.core.documents.press import qr_svg, set_pdf, set_png

__all__ = ["next_number", "qr_svg", "set_pdf", "set_png"]
