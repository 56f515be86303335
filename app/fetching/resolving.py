"""From the name of a host to the addresses that are connected to: one step, and no other.

A name that is looked up twice may say something harmless the first time. So the addresses that are
judged here are the ones that the socket gets, and nobody looks the name up again.
"""

import socket
from collections.abc import Callable, Sequence
from ipaddress import ip_address

from app.config import FetchRules
from app.domain.errors import Refused
from app.fetching.addresses import Address, is_allowed, is_open
from app.fetching.patience import in_time
from app.fetching.targets import PORTS, Target

# Names and how long to wait -> addresses.
LookUp = Callable[[str, float], Sequence[str]]


def look_up(host: str, seconds: float) -> Sequence[str]:
    """The addresses of a host, in the order in which they should be tried.

    Raises:
        TimeoutError: nobody answered in time.
        OSError: there is no such host.
    """

    def ask() -> list[str]:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
        return list(dict.fromkeys(str(where[0]) for *_, where in found))

    return in_time(ask, seconds=seconds)


def pinned(
    target: Target, rules: FetchRules, *, seconds: float, look_up: LookUp = look_up
) -> tuple[Address, ...]:
    """The addresses that a target may be reached at.

    One refused address among several refuses the name: whoever mixes them is up to something, or
    the name is one of the house's own. Names and ports of houses need every address allowed.

    Raises:
        Refused: an address may not be reached, or there is no such host.
    """
    if target.is_inside and not rules.allow:
        raise _inside(target)
    if target.address is not None:
        found: tuple[Address, ...] = (target.address,)
    else:
        found = _looked_up(target.host, seconds, look_up)
    for address in found:
        if is_allowed(address, target.port, rules):
            continue
        if target.is_inside:
            raise _inside(target)
        if not is_open(address) or is_here(address):
            raise Refused("fetch.address")
    return found


def is_here(address: Address) -> bool:
    """Whether an address is this machine's own, open to all or not.

    Behind a firewall it may offer to itself what it offers to nobody else. The system tells which
    of its addresses it would speak from, without sending anything.
    """
    family = socket.AF_INET if address.version == 4 else socket.AF_INET6
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((str(address), 9))
            return ip_address(probe.getsockname()[0]) == address
    except (OSError, ValueError):
        # No way there at all: connecting will say so.
        return False


def _looked_up(host: str, seconds: float, look_up: LookUp) -> tuple[Address, ...]:
    try:
        named = look_up(host, seconds)
        found = tuple(ip_address(one) for one in named)
    except TimeoutError:
        raise Refused("fetch.timeout") from None
    except (OSError, ValueError):
        raise Refused("fetch.unknown-host") from None
    if not found:
        raise Refused("fetch.unknown-host")
    return found


def _inside(target: Target) -> Refused:
    return Refused("fetch.port" if target.port not in PORTS else "fetch.host")
