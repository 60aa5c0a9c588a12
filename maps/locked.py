"""A page locked with a phrase: one file that opens in a browser without a network, and says nothing until then.

The page is deflated (RFC 1951) and encrypted with AES-256 in GCM (NIST SP 800-38D) under a key that PBKDF2 with
HMAC-SHA-256 (RFC 8018) makes of the phrase. ``templates/locked.js`` undoes it with the browser's own WebCrypto.
The bytes in the file, base64: SHA-256 of the rest (tells a damaged file from a wrong phrase; it protects nothing),
header, nonce, ciphertext with its tag. The header is authenticated: "SRL" and version, rounds, salt.
"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
import struct
import zlib
from dataclasses import dataclass, field
from html import unescape

from markupsafe import Markup, escape

from maps.page import asset, render
from maps.phrases import letters
from optimiser.texts import Language, text

ROUNDS = 600_000
"""What OWASP's Password Storage Cheat Sheet asks of PBKDF2-HMAC-SHA256 (2023); the page refuses to open fewer."""
MAGIC = b"SRL\x01"
SALT_BYTES, NONCE_BYTES = 16, 12
HIDDEN_MINUTES = 60
"""A page that was out of sight for so long locks again: longer than a usual visit, so not at every door."""
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
_TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
_SCRIPT_SOURCES = re.compile(r"script-src [^;]*")


@dataclass(frozen=True)
class LockKey:
    """A key and the salt that it was made with: made once for a nurse, used for all her pages."""

    salt: bytes
    key: bytes = field(repr=False)


def lock_key(phrase: str) -> LockKey:
    """The key of ``phrase`` with a fresh salt. Takes some tenths of a second, on purpose, while other threads go on."""
    salt = secrets.token_bytes(SALT_BYTES)
    return LockKey(salt, hashlib.pbkdf2_hmac("sha256", letters(phrase).encode(), salt, ROUNDS))


def locked_page(page: str, phrase: str, title: str, language: Language = "nl", key: LockKey | None = None) -> str:
    """A page that holds ``page`` locked with ``phrase``. ``title`` is what tabs and histories show, locked or open: it
    must name no client. ``key`` is the phrase's, when it was made before. The same input gives the same bytes but for
    salt and nonce. Raises ``ValueError`` for a page without a content security policy, since scripts that a text
    smuggles in would run in it.
    """
    policy = _POLICY.search(page)
    if policy is None:
        raise ValueError("a page without a content security policy")
    titled = _TITLE.sub(lambda _: f"<title>{escape(title)}</title>", page, count=1)
    return render(
        "locked.html.j2",
        scripts=(asset("locked.js"),),
        lang=language,
        title=title,
        words=lambda name: text(f"locked.page.{name}", language),
        outer=_outer(unescape(policy[1])),
        box=Markup(base64.b64encode(sealed(titled, key or lock_key(phrase))).decode()),  # noqa: S704 - base64
        hidden_minutes=HIDDEN_MINUTES,
        least_rounds=ROUNDS,
    )


def sealed(page: str, key: LockKey) -> bytes:
    """``page`` deflated and encrypted under ``key`` with a fresh nonce, in the form that the module describes."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    deflate = zlib.compressobj(6, zlib.DEFLATED, -15)
    small = deflate.compress(page.encode()) + deflate.flush()
    header = MAGIC + struct.pack(">I", ROUNDS) + key.salt
    nonce = secrets.token_bytes(NONCE_BYTES)
    body = header + nonce + AESGCM(key.key).encrypt(nonce, small, header)
    return hashlib.sha256(body).digest() + body


def _outer(inner: str) -> str:
    """The policy of the locked page. Policies add up and this one stays after opening, so it must allow what the inner
    one allows; its scripts cannot be named here, since hashes of them would tell of what is locked. The inner policy,
    with its hashes, still decides which scripts of the opened page run. Here nothing but our own words is shown."""
    return _SCRIPT_SOURCES.sub("script-src 'unsafe-inline'", inner)
