"""A small OpenID Connect issuer on this machine: discovery, keys, tokens. It believes whatever it is told."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey


class Issuer:
    """``said`` are the claims of the next token; ``challenge`` is checked as PKCE asks."""

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048, parameters={"kid": "one", "use": "sig", "alg": "RS256"})
        self.said: dict[str, Any] = {}
        self.challenge = ""
        self.address = ""

    def token(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        proof = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        if form.get("code") != "good" or proof.rstrip(b"=").decode() != self.challenge:
            return 400, {"error": "invalid_grant"}
        claims = {"iss": self.address, "aud": "confsys", "iat": 1, "exp": 4102444800, **self.said}
        signed = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key)
        return 200, {"access_token": "x", "token_type": "Bearer", "expires_in": 60, "id_token": signed}

    def answer(self, path: str, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        if path == "/token":
            return self.token(form)
        if path == "/keys":
            return 200, {"keys": [self.key.as_dict(private=False)]}
        return 200, {
            "issuer": self.address, "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token", "jwks_uri": f"{self.address}/keys",
            "id_token_signing_alg_values_supported": ["RS256"],
        }  # fmt: skip


@contextmanager
def running() -> Iterator[Issuer]:
    issuer = Issuer()

    class Handler(BaseHTTPRequestHandler):
        def _reply(self, form: dict[str, str]) -> None:
            status, body = issuer.answer(urlsplit(self.path).path, form)
            data = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def do_GET(self) -> None:
            self._reply({})

        def do_POST(self) -> None:
            text = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._reply({key: values[0] for key, values in parse_qs(text).items()})

        def log_message(self, *_arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    issuer.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield issuer
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
