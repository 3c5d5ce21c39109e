"""Where a server listens, and what a browser on the same machine calls it."""

from __future__ import annotations

import ipaddress
import socket

ANYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104  (names, not bound here)


class UnknownHost(Exception):
    """No address belongs to the name; the text is the sentence for the operator."""


def listening(host: str) -> str:
    """The IP address of a host name or address; of several an IPv4 one. Raises UnknownHost."""
    if _address(host) is not None:
        return host
    try:
        addresses = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError):
        raise UnknownHost(
            f"Không biết địa chỉ của máy “{host}”; hãy ghi một địa chỉ IP sau --host."
        ) from None
    addresses.sort(key=lambda address: address[0] != socket.AF_INET)
    return str(addresses[0][4][0])


def as_browsed(host: str, port: int) -> str:
    """`http://…` for a browser here. Passkeys work for names only, so this machine is called localhost."""
    address = _address(host)
    if host in ANYWHERE or (address is not None and address.is_loopback):
        host = "localhost"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
