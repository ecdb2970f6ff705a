"""What two processes say to each other over a pipe: JSON for what is said, bytes for what is carried; nothing runs."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from typing import Any, BinaryIO

_LENGTH = struct.Struct(">Q")


def framed(said: Mapping[str, Any], parts: Mapping[str, bytes] | None = None) -> bytes:
    """One message: its length, the length of its head, its head, its parts."""
    parts = parts or {}
    sizes = [[name, len(part)] for name, part in parts.items()]
    head = json.dumps({"said": said, "parts": sizes}).encode()
    body = _LENGTH.pack(len(head)) + head + b"".join(parts.values())
    return _LENGTH.pack(len(body)) + body


def unframed(body: bytes) -> tuple[dict[str, Any], dict[str, bytes]]:
    """What a message says and carries."""
    (size,) = _LENGTH.unpack_from(body)
    head = json.loads(body[8 : 8 + size])
    place, parts = 8 + size, {}
    for name, length in head["parts"]:
        parts[name] = body[place : place + length]
        place += length
    return head["said"], parts


def receive(stream: BinaryIO) -> tuple[dict[str, Any], dict[str, bytes]] | None:
    """The next message, waited for; None when the other side has closed."""
    size = stream.read(8)
    if len(size) < 8:
        return None
    length = _LENGTH.unpack(size)[0]
    body = stream.read(length)
    return unframed(body) if len(body) == length else None


def complete(buffer: bytearray) -> bytes | None:
    """Takes the first whole message out of what has come so far."""
    if len(buffer) < 8:
        return None
    end = 8 + _LENGTH.unpack_from(buffer)[0]
    if len(buffer) < end:
        return None
    body = bytes(buffer[8:end])
    del buffer[:end]
    return body
