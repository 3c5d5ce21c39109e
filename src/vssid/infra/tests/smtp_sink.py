"""A mail server on this machine that keeps what it is given and answers as a test says."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass
class SmtpSink:
    """`answers` maps a command (MAIL, RCPT, DATA, END) to what is said next instead of yes;
    the answer DROP breaks the line. `during` runs when a message begins.
    """

    port: int = 0
    answers: dict[str, list[str]] = field(default_factory=dict)
    messages: list[EmailMessage] = field(default_factory=list)
    envelopes: list[tuple[str, str]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    during: Callable[[], None] | None = None

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError):
                await self._talk(reader, writer)
        finally:
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        def say(line: str) -> None:
            writer.write(f"{line}\r\n".encode())

        say("220 sink")
        sender = to = ""
        while line := (await reader.readline()).decode().strip():
            self.said.append(line)
            command = line[:4].upper()
            if command == "MAIL" and self.during:
                self.during()
            planned = self.answers.get(command, [])
            answer = planned.pop(0) if planned else ""
            if answer == "DROP":
                return
            if command == "QUIT":
                say("221 bye")
                return
            if command == "DATA" and not answer:
                say("354 go on")
                await writer.drain()
                body = await reader.readuntil(b"\r\n.\r\n")
                if not self._take(sender, to, body[:-3], say):
                    return
            else:
                say(answer or "250 yes")
                sender, to = (line[10:], to) if command == "MAIL" else (sender, to)
                to = line[8:] if command == "RCPT" else to
            await writer.drain()

    def _take(self, sender: str, to: str, body: bytes, say) -> bool:
        planned = self.answers.get("END", [])
        answer = planned.pop(0) if planned else "250 kept"
        if answer in {"250 kept", "DROP"}:
            self.messages.append(message_from_bytes(body, policy=policy.default))
            self.envelopes.append((sender.split(">")[0].strip("<"), to.split(">")[0].strip("<")))
        if answer == "DROP":
            return False
        say(answer)
        return True


@contextmanager
def running() -> Iterator[SmtpSink]:
    """A mail server on a free port."""
    sink, loop, ready = SmtpSink(), asyncio.new_event_loop(), threading.Event()

    async def main() -> None:
        server = await asyncio.start_server(sink.serve, "127.0.0.1", 0)
        sink.port = server.sockets[0].getsockname()[1]
        ready.set()
        async with server:
            with suppress(asyncio.CancelledError):
                await server.serve_forever()
            # Those that still talk close their sockets before the loop ends.
            talking = asyncio.all_tasks(loop) - {asyncio.current_task()}
            _, stuck = await asyncio.wait(talking, timeout=5) if talking else (set(), set())
            for conversation in stuck:
                conversation.cancel()
            await asyncio.gather(*stuck, return_exceptions=True)

    task = loop.create_task(main())
    thread = threading.Thread(target=loop.run_until_complete, args=[task], daemon=True)
    thread.start()
    ready.wait(10)
    try:
        yield sink
    finally:
        loop.call_soon_threadsafe(task.cancel)
        thread.join(10)
        loop.close()
