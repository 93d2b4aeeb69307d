"""Servers that are spoken to safely, and those that only seem to be."""

from __future__ import annotations

import asyncio
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest

from genglossary_gui.core.cancellation import CancelToken
from genglossary_gui.core.llm import Answer, Failure, FailureReason, LlmError, LlmSession, LlmSettings, Provider
from genglossary_gui.core.llm import test_connection as try_connection
from tests.core.llm.test_session import question
from tests.llm_server import LlmServer, Reply

# What keyring brings along on Linux; elsewhere the tests are left out.
x509 = pytest.importorskip("cryptography.x509")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate that it signed itself, for 127.0.0.1 and one day."""
    return made(tmp_path_factory.mktemp("tls"))


def made(folder: Path, *, address: str = "127.0.0.1", begins: int = -1, ends: int = 24) -> Path:
    """``begins`` and ``ends``: hours from now."""
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "lock keeper")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now + timedelta(hours=begins))
        .not_valid_after(now + timedelta(hours=ends))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "server.pem"
    kind = serialization.PrivateFormat.PKCS8
    secret = key.private_bytes(serialization.Encoding.PEM, kind, serialization.NoEncryption())
    file.write_bytes(secret + signed.public_bytes(serialization.Encoding.PEM))
    return file


@pytest.fixture
def tls(certificate: Path) -> ssl.SSLContext:
    return with_certificate(certificate)


def with_certificate(file: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


def asked(address: str) -> Answer | Failure:
    settings = LlmSettings(provider=Provider.COMPATIBLE, base_url=address, model="tiny", retries=2)
    with LlmSession(settings) as session:
        return next(session.ask_all([question()], CancelToken()))


def _right(_request: object) -> Reply:
    return Reply('{"text": "Closes the canal."}')


def test_a_certificate_that_nobody_vouches_for_is_refused_and_nothing_is_sent(tls: ssl.SSLContext) -> None:
    with LlmServer(_right, tls=tls) as server:
        outcome = asked(server.url)
        assert server.requests == []
    assert isinstance(outcome, Failure)
    assert outcome.kind is FailureReason.REFUSED
    assert "certificate" in outcome.sentence


def test_a_certificate_that_this_computer_trusts_is_accepted(
    tls: ssl.SSLContext, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with LlmServer(_right, tls=tls) as server:
        assert isinstance(asked(server.url), Answer)


@contextmanager
def served(handler: type[socketserver.BaseRequestHandler]) -> Iterator[str]:
    """A server of its own inside the block; gives its host and port."""
    with socketserver.TCPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


class _Plain(socketserver.BaseRequestHandler):
    """Like the servers of other languages: it answers whatever it does not understand."""

    def handle(self) -> None:
        self.request.recv(10_000)
        self.request.sendall(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")


def test_a_server_without_tls_is_told_as_such() -> None:
    with served(_Plain) as place:
        outcome = asked(f"https://{place}/v1")
    assert isinstance(outcome, Failure)
    assert outcome.kind is FailureReason.REFUSED
    assert "https" in outcome.sentence


def test_a_server_that_wants_tls_is_told_in_a_sentence(tls: ssl.SSLContext) -> None:
    with LlmServer(_right, tls=tls) as server:
        outcome = asked(server.url.replace("https:", "http:"))
    assert isinstance(outcome, Failure)
    assert "127.0.0.1" in outcome.sentence


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"begins": -48, "ends": -24}, "has expired"),
        ({"begins": 24, "ends": 48}, "clock"),
        ({"address": "127.0.0.9"}, "another name"),
    ],
)
def test_m2_what_is_wrong_with_a_certificate_is_told_in_a_sentence_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, values: dict, words: str
) -> None:
    file = made(tmp_path, **values)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    with LlmServer(_right, tls=with_certificate(file)) as server:
        told = told_of(server.url)
        assert server.requests == []
    assert words in told
    assert told.count(". ") == 0


def test_m2_a_certificate_that_is_not_trusted_is_told_with_what_to_do(tls: ssl.SSLContext) -> None:
    with LlmServer(_right, tls=tls) as server:
        assert "SSL_CERT_FILE" in told_of(server.url)


class _Alert(socketserver.BaseRequestHandler):
    """Like servers that speak only TLS: it complains in TLS about anything else."""

    def handle(self) -> None:
        self.request.recv(10_000)
        self.request.sendall(b"\x15\x03\x01\x00\x02\x02\x46")


def test_m2_an_address_with_http_that_should_be_https_is_told() -> None:
    with served(_Alert) as place:
        told = told_of(f"http://{place}/v1")
    assert "https:" in told


def told_of(address: str) -> str:
    """What *Test connection* says."""
    with pytest.raises(LlmError) as caught:
        asyncio.run(try_connection(LlmSettings(provider=Provider.COMPATIBLE, base_url=address, model="tiny")))
    return str(caught.value)
