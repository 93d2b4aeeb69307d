"""Servers that are spoken to safely, and those that only seem to be."""

from __future__ import annotations

import socketserver
import ssl
import threading
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest

from genglossary_gui.core.cancellation import CancelToken
from genglossary_gui.core.llm import Answer, Failure, FailureReason, LlmSession, LlmSettings, Provider
from tests.core.llm.test_session import question
from tests.llm_server import LlmServer, Reply

# What keyring brings along on Linux; elsewhere the tests are left out.
x509 = pytest.importorskip("cryptography.x509")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate that it signed itself, for 127.0.0.1 and one day."""
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "lock keeper")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "server.pem"
    kind = serialization.PrivateFormat.PKCS8
    secret = key.private_bytes(serialization.Encoding.PEM, kind, serialization.NoEncryption())
    file.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    return file


@pytest.fixture
def tls(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
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


class _Plain(socketserver.BaseRequestHandler):
    """Like the servers of other languages: it answers whatever it does not understand."""

    def handle(self) -> None:
        self.request.recv(10_000)
        self.request.sendall(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")


def test_a_server_without_tls_is_told_as_such() -> None:
    with socketserver.TCPServer(("127.0.0.1", 0), _Plain) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        outcome = asked(f"https://127.0.0.1:{server.server_address[1]}/v1")
        server.shutdown()
        thread.join()
    assert isinstance(outcome, Failure)
    assert outcome.kind is FailureReason.REFUSED
    assert "https" in outcome.sentence


def test_a_server_that_wants_tls_is_told_in_a_sentence(tls: ssl.SSLContext) -> None:
    with LlmServer(_right, tls=tls) as server:
        outcome = asked(server.url.replace("https:", "http:"))
    assert isinstance(outcome, Failure)
    assert "127.0.0.1" in outcome.sentence
