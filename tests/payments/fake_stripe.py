"""A Stripe of our own on this machine: it takes the calls of the real library and signs messages as the real one does.

The signature is made here from its published description, not by the library that checks it.
"""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

from confsys.core import clock

KEY, SECRET = "sk_test_of_this_test", "whsec_of_this_test"


@dataclass
class FakeStripe:
    """``mood``: answer as it should, be away (503), refuse (402), or do it and lose the answer."""

    address: str = ""
    mood: str = "well"
    objects: dict[str, dict[str, Any]] = field(default_factory=dict)
    seen: list[dict[str, str]] = field(default_factory=list)
    _kept: dict[str, str] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def new(self, prefix: str, **values: Any) -> dict[str, Any]:
        id_ = f"{prefix}_{next(self._numbers)}"
        self.objects[id_] = {"id": id_, **values}
        return self.objects[id_]

    def create(self, path: str, form: dict[str, str], once: str) -> dict[str, Any]:
        """What was asked for; the same idempotency key gives the same object again."""
        if once in self._kept:
            return self.objects[self._kept[once]]
        if path.endswith("/sessions"):
            made = self.new(
                "cs", object="checkout.session", status="open", payment_status="unpaid", payment_intent=None,
                amount_total=int(form["line_items[0][price_data][unit_amount]"]),
                currency=form["line_items[0][price_data][currency]"], url="https://pay.invalid/c/1",
                metadata={"payment": form["metadata[payment]"], "order": form["metadata[order]"]},
            )  # fmt: skip
        else:
            made = self.new(
                "re", object="refund", status="succeeded", amount=int(form["amount"]),
                payment_intent=form["payment_intent"],
                metadata={"refund": form["metadata[refund]"], "payment": form["metadata[payment]"]},
            )  # fmt: skip
        self._kept[once] = made["id"]
        return made

    def session(self) -> dict[str, Any]:
        """The latest one."""
        return [one for one in self.objects.values() if one["object"] == "checkout.session"][-1]

    def refunds(self) -> list[dict[str, Any]]:
        return [one for one in self.objects.values() if one["object"] == "refund"]

    def pay(self, **changes: Any) -> dict[str, Any]:
        """The buyer pays on Stripe's page; returns the event that Stripe will send, again and again if need be."""
        intent = f"pi_{next(self._numbers)}"
        self.session().update({"status": "complete", "payment_status": "paid", "payment_intent": intent} | changes)
        return self.event("checkout.session.completed", self.session())

    def event(self, type_: str, about: dict[str, Any]) -> dict[str, Any]:
        return {
            "id": f"evt_{next(self._numbers)}", "object": "event", "type": type_, "data": {"object": dict(about)},
        }  # fmt: skip


def signed(event: dict[str, Any], *, secret: str = SECRET, age: int = 0) -> tuple[bytes, dict[str, str]]:
    """Body and headers of a webhook: ``t`` and the HMAC of ``t.body``, with a second scheme beside as Stripe sends."""
    body = json.dumps(event).encode()
    at = int(clock.now().timestamp()) - age
    mac = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return body, {"Stripe-Signature": f"t={at},v1={mac},v0={'0' * 64}", "Content-Type": "application/json"}


class _Handler(BaseHTTPRequestHandler):
    fake: FakeStripe

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        form = dict(parse_qsl(self.rfile.read(length).decode()))
        self._answer(lambda: self.fake.create(self.path, form, self.headers.get("Idempotency-Key", "")))

    def do_GET(self) -> None:
        self._answer(lambda: self.fake.objects[self.path.rpartition("/")[2]])

    def _answer(self, do: Any) -> None:
        self.fake.seen.append(dict(self.headers))
        if self.headers.get("Authorization") != f"Bearer {KEY}":
            return self._send(401, {"error": {"type": "invalid_request_error", "message": "wrong key"}})
        if self.fake.mood == "away":
            return self._send(503, {"error": {"type": "api_error", "message": "away"}})
        if self.fake.mood == "refuses":
            return self._send(402, {"error": {"type": "card_error", "message": "no"}})
        done = do()
        if self.fake.mood == "loses answers":
            return self._send(500, {"error": {"type": "api_error", "message": "lost"}})
        return self._send(200, done)

    def _send(self, status: int, said: dict[str, Any]) -> None:
        body = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Request-Id", "req_1")
        self.send_header("Stripe-Should-Retry", "false")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""


@contextmanager
def running() -> Iterator[FakeStripe]:
    fake = FakeStripe()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"fake": fake}))
    fake.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
