"""Replicas of the app behind nginx, with the configuration of `deploy` or with none to speak of."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

from tests.browser.processes import ServerError, free_port
from tests.browser.server import ROOT, Server, serving

GIVEN = ROOT / "deploy/nginx.conf"
BASE = "desk/atlas"
"""The path that the replicas live under."""

PLAIN = """
upstream turn_about {{ server 127.0.0.1:{a}; server 127.0.0.1:{b}; }}
server {{
    listen 127.0.0.1:{port};
    location / {{
        proxy_pass http://turn_about;
        proxy_http_version 1.1;
        proxy_set_header Host $http_host;
        proxy_set_header Upgrade $http_upgrade;
        proxy_set_header Connection $atlas_connection;
    }}
}}
"""
"""What people have who have read nothing: each request to the other one."""

MAIN = """
{user}
pid {folder}/pid;
error_log stderr;
worker_processes 1;
events {{ }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    access_log off;
    include {folder}/given.conf;
    {plain}
}}
"""


def configuration(folder: Path, a: int, b: int, tls: int, plain: int) -> Path:
    """Write the configuration that is given, for these ports and with files in that folder."""
    text = GIVEN.read_text(encoding="utf-8")
    for found, made in (
        (r"\b8501\b", str(a)),
        (r"\b8502\b", str(b)),
        (r"listen \[::\]:.*;", ""),
        (r"listen 80;", f"listen 127.0.0.1:{free_port()};"),
        (r"listen 443 ", f"listen 127.0.0.1:{tls} "),
        (r"/etc/ssl/dossier-atlas/", f"{folder}/"),
        (r"/var/(?:lib|log)/nginx/", f"{folder}/"),
    ):
        text, count = re.subn(found, made, text)
        assert count, f"{GIVEN.name} has no {found}"
    (folder / "given.conf").write_text(text, encoding="utf-8")
    user = "user root;" if os.geteuid() == 0 else ""
    turn = PLAIN.format(a=a, b=b, port=plain)
    main = folder / "nginx.conf"
    main.write_text(MAIN.format(user=user, folder=folder, plain=turn), encoding="utf-8")
    return main


def certificate(folder: Path) -> None:
    """One that nobody has signed, for 127.0.0.1."""
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    command += ["-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    command += ["-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")]
    subprocess.run(command, check=True, capture_output=True)


def ask(url: str, path: str = "", **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Ask without a browser, a cookie, or a certificate's word.

    ``_`` in a header's name is a hyphen.
    """
    scheme, _, rest = url.partition("://")
    host, slash, base = rest.partition("/")
    if scheme == "http":
        connection = http.client.HTTPConnection(host, timeout=30)
    else:
        trusting = ssl._create_unverified_context()
        connection = http.client.HTTPSConnection(host, timeout=30, context=trusting)
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", f"{slash}{base}{path}", headers=named)
        answer = connection.getresponse()
        return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
    finally:
        connection.close()


@contextmanager
def before(nginx: str, folder: Path, a: int, b: int) -> Iterator[tuple[str, str]]:
    """Put nginx before two ports; give its addresses, as it is given and with one after the other.

    It is ended afterwards.
    """
    tls, plain = free_port(), free_port()
    certificate(folder)
    main = configuration(folder, a, b, tls, plain)
    with (folder / "nginx.log").open("wb") as log:
        process = subprocess.Popen(
            [nginx, "-c", str(main), "-p", str(folder), "-g", "daemon off;"],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        deadline = monotonic() + 20
        while True:
            with suppress(OSError), socket.create_connection(("127.0.0.1", tls), timeout=1):
                break
            if process.poll() is not None or monotonic() > deadline:
                raise ServerError(f"nginx: {(folder / 'nginx.log').read_text()}")
            sleep(0.1)  # between two questions
        yield f"https://127.0.0.1:{tls}", f"http://127.0.0.1:{plain}"
    finally:
        _end(process)


@dataclass
class Balanced:
    """Two replicas, and nginx before them at two addresses.

    Attributes
    ----------
    given : str
        Address with the configuration of `deploy`, over TLS.
    turn_about : str
        Address at which each request goes to the other replica.
    replicas : dict of str to Server
        By the name that the cookie has.
    kept : Path
        Folder of what nginx keeps.
    """

    given: str
    turn_about: str
    replicas: dict[str, Server]
    kept: Path

    def kill(self, replica: str) -> None:
        """End a replica as a machine that loses its power does: nobody is told."""
        process = self.replicas[replica].process
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=10)

    @contextmanager
    def hung(self, replica: str) -> Iterator[None]:
        """Have a replica take connections and answer nothing, for as long as this lasts."""
        process = self.replicas[replica].process
        os.killpg(process.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.killpg(process.pid, signal.SIGCONT)


@contextmanager
def balanced(nginx: str, folder: Path, dossier: Path) -> Iterator[Balanced]:
    """Two replicas that nobody has visited, behind nginx; ended afterwards."""
    with ExitStack() as stack:
        replicas = {
            name: stack.enter_context(serving(folder / f"{name}.log", dossier, base=f"/{BASE}"))
            for name in "ab"
        }
        a, b = (int(server.url.split(":")[2].partition("/")[0]) for server in replicas.values())
        given, turn_about = stack.enter_context(before(nginx, folder, a, b))
        yield Balanced(
            f"{given}/{BASE}", f"{turn_about}/{BASE}", replicas, folder / "dossier-atlas"
        )


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        process.kill()
