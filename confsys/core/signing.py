"""Links that prove themselves: what they name is signed for one purpose. They show on GET and act on POST only."""

from __future__ import annotations

from typing import Any

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer


def _signer(purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.extensions["settings"].secret_key, salt=purpose)


def sign(purpose: str, value: Any) -> str:
    """``value`` (plain JSON) as it stands in the link."""
    return str(_signer(purpose).dumps(value))


def signed_value(purpose: str, code: str) -> Any:
    """What a link was signed for; None when it is not ours, or was made for another purpose."""
    try:
        return _signer(purpose).loads(code)
    except BadSignature:
        return None
