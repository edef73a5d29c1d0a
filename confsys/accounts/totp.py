"""Time-based one-time codes (RFC 6238): six digits, half a minute each, each step good once."""

from __future__ import annotations

from datetime import datetime

import pyotp
import segno

STEP_SECONDS = 30
#: Clocks differ: the step before and the step after are taken too.
TOLERANCE = 1


def new_secret() -> str:
    return pyotp.random_base32()


def address(secret: str, account: str, issuer: str) -> str:
    """The otpauth:// address that authenticator apps read."""
    return pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=issuer)


def picture(otpauth: str) -> str:
    """The address as a QR code: a data: address of an SVG, which the content security policy lets in."""
    return str(segno.make(otpauth, error="m").svg_data_uri(scale=5, border=2))


def matching_step(secret: str, code: str, at: datetime, last_step: int) -> int | None:
    """The time step a code belongs to, if it is near ``at`` and later than ``last_step``; else None."""
    digits = "".join(code.split())
    if len(digits) != 6 or not digits.isdigit():
        return None
    totp, present = pyotp.TOTP(secret), int(at.timestamp()) // STEP_SECONDS
    for step in range(present - TOLERANCE, present + TOLERANCE + 1):
        if step > last_step and pyotp.utils.strings_equal(totp.generate_otp(step), digits):
            return step
    return None
