"""From an issued certificate to its PDF, in both languages."""

from __future__ import annotations

from flask import current_app

from confsys.awards.models import AwardCertificate
from confsys.core.documents import qr_svg, set_pdf
from confsys.core.localized import LocalizedText

PLACES = {
    1: LocalizedText("First prize", "一等奖"), 2: LocalizedText("Second prize", "二等奖"),
    3: LocalizedText("Third prize", "三等奖"),
}  # fmt: skip


def set_certificate(made: AwardCertificate) -> bytes:
    settings = current_app.extensions["settings"]
    verify = f"{settings.base_url}/certificates/award/{made.code}"
    printed = dict(made.contents)
    place = PLACES.get(printed["place"], LocalizedText())
    return set_pdf(
        "awards/documents/certificate.typ",
        {
            "issuer": {"en": settings.society_en, "zh": settings.society_zh}, "names": printed["names"],
            "award": printed["award"], "paper": printed["paper"], "citation": printed["citation"],
            "event": printed["event"], "place": place.as_dict(), "date": printed["date"], "number": made.number,
            "code": made.code, "verify": verify, "qr": qr_svg(verify),
        },
    )  # fmt: skip
