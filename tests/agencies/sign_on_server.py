"""A sign-on as an agency would run one: OpenID Connect authorization code with PKCE, on the loopback address."""

import base64
import hashlib
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT_ID, CLIENT_SECRET = "cermin-asn", "rahasia-uji"


class SignOn(ThreadingHTTPServer):
    """Whoever comes is ``claims``; ``refused`` counts what was not in order at the token endpoint."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.claims, self.codes, self.refused, self.asked = {}, {}, 0, []
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.url = f"http://127.0.0.1:{self.server_address[1]}"

    def __enter__(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *fault):
        self.shutdown()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        path, query = urlsplit(self.path).path, parse_qs(urlsplit(self.path).query)
        url = self.server.url
        if path == "/.well-known/openid-configuration":
            self._json(
                {
                    "issuer": url,
                    "authorization_endpoint": f"{url}/authorize",
                    "token_endpoint": f"{url}/token",
                    "userinfo_endpoint": f"{url}/userinfo",
                    "jwks_uri": f"{url}/jwks",
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                }
            )
        elif path == "/authorize":
            asked = {name: values[0] for name, values in query.items()}
            self.server.asked.append(asked)
            code = secrets.token_urlsafe()
            self.server.codes[code] = asked
            self.send_response(302)
            back = urlencode({"code": code, "state": asked["state"]})
            self.send_header("Location", f"{asked['redirect_uri']}?{back}")
            self.end_headers()
        elif path == "/userinfo":
            self._json({"sub": "1", **self.server.claims})

    def do_POST(self):
        length = int(self.headers["Content-Length"])
        given = {name: values[0] for name, values in parse_qs(self.rfile.read(length).decode()).items()}
        asked = self.server.codes.pop(given.get("code"), None)  # a code serves once
        digest = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        is_right = (
            asked
            and asked.get("code_challenge_method") == "S256"
            and secrets.compare_digest(asked["code_challenge"], challenge)
            and given.get("redirect_uri") == asked["redirect_uri"]
            and (given.get("client_id"), given.get("client_secret")) == (CLIENT_ID, CLIENT_SECRET)
        )
        if not is_right:
            self.server.refused += 1
            self._json({"error": "invalid_grant"}, status=400)
            return
        now = int(time.time())
        claims = {"iss": self.server.url, "aud": CLIENT_ID, "sub": "1", "iat": now, "exp": now + 60}
        token = jwt.encode({**claims, **self.server.claims}, self.server.key, algorithm="RS256")
        self._json({"access_token": "x", "token_type": "Bearer", "id_token": token})

    def _json(self, values, status=200):
        body = json.dumps(values).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        """Silent."""
