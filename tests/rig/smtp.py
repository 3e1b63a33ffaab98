"""A real SMTP server for the tests: keeps every message it accepts as a file.

    smtp.py --dir DIR [--port 0] [--cert FILE --key FILE] [--login USER:PASSWORD] [--until-eof]

Prints `port N` once it listens on 127.0.0.1. Messages are DIR/000001.eml and so on, as received, under three headers
of the server's own: X-Rig-From and X-Rig-To (the envelope) and X-Rig-Accepted-At (unix microseconds). A message is
whole when its file is there. With --cert, STARTTLS is offered and demanded. With --login, AUTH is offered. With --until-eof the server ends when its
standard input does: a test that dies cannot leave it behind.

Files in DIR change how it behaves, from the next command on:

    refuse   every RCPT is answered with the file's first line, or 451 when it is empty; whose address begins with one of
             the other lines is spared
    hang     DATA waits while the file is there, then goes on as if nothing had been
    late     DATA keeps the message, and waits with its answer while the file is there
    drop     DATA keeps the message, then the line is cut without an answer: the sender cannot know
"""

import argparse
import asyncio
import ssl
import sys
import time
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult

REFUSED = "451 4.3.0 try again later"
LARGEST_MESSAGE_BYTES = 10_000_000
POLL_S = 0.02


class Mailroom:
    """Answers the commands of one server; aiosmtpd calls these methods by name."""

    def __init__(self, folder):
        self.folder = folder
        self.accepted = len(list(folder.glob("*.eml")))

    async def handle_RCPT(self, server, session, envelope, address, options):
        try:
            refusal, *spared = (self.folder / "refuse").read_text().splitlines() or [""]
        except FileNotFoundError:
            spared = [""]
        if not address.startswith(tuple(spared)):
            return refusal.strip() or REFUSED
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server, session, envelope):
        while (self.folder / "hang").exists():
            await asyncio.sleep(POLL_S)
        number = self.keep(envelope)
        while (self.folder / "late").exists():
            await asyncio.sleep(POLL_S)
        if (self.folder / "drop").exists():
            server.transport.abort()
        return f"250 2.0.0 kept as {number:06}"

    def keep(self, envelope):
        self.accepted += 1
        head = [f"X-Rig-From: {envelope.mail_from}"]
        head += [f"X-Rig-To: {address}" for address in envelope.rcpt_tos]
        head += [f"X-Rig-Accepted-At: {time.time_ns() // 1000}", ""]
        part = self.folder / f"{self.accepted:06}.part"
        part.write_bytes("\r\n".join(head).encode() + envelope.content)
        part.rename(part.with_suffix(".eml"))
        return self.accepted


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--dir", type=Path, required=True)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--cert", type=Path)
    parser.add_argument("--key", type=Path)
    parser.add_argument("--login")
    parser.add_argument("--until-eof", action="store_true")
    return parser.parse_args()


def tls(options):
    if options.cert is None:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(options.cert, options.key)
    return context


def signing_in(options):
    if options.login is None:
        return {}
    wanted = options.login.encode().split(b":", 1)

    def check(server, session, envelope, mechanism, data):
        return AuthResult(success=[data.login, data.password] == wanted, handled=False)

    return {"authenticator": check, "auth_require_tls": False}


async def main():
    options = arguments()
    options.dir.mkdir(parents=True, exist_ok=True)
    mailroom = Mailroom(options.dir)
    context = tls(options)

    def connection():
        return SMTP(
            mailroom,
            hostname="rig.invalid",
            data_size_limit=LARGEST_MESSAGE_BYTES,
            enable_SMTPUTF8=True,
            tls_context=context,
            require_starttls=context is not None,
            **signing_in(options),
        )

    server = await asyncio.get_running_loop().create_server(connection, "127.0.0.1", options.port)
    print(f"port {server.sockets[0].getsockname()[1]}", flush=True)
    if options.until_eof:
        await asyncio.to_thread(sys.stdin.buffer.read)
    else:
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
