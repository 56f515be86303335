"""Addresses that lead, or try to lead, to where a page must not be fetched from.

``{c}`` is the canary's port, ``{s}`` the port of the one server that may be reached. Every address
of the first tables that is read as its writer wants leads to the canary.
"""

# Ways of writing 127.0.0.1 and ::1, and what carries them. (name, address, refused as)
THIS_MACHINE = [
    ("loopback", "http://127.0.0.1:{c}/", "fetch.address"),
    ("loopback, its far end", "http://127.255.255.254:{c}/", "fetch.address"),
    ("one number", "http://2130706433:{c}/", "fetch.host"),
    ("one number, octal", "http://017700000001:{c}/", "fetch.host"),
    ("one number, hexadecimal", "http://0x7f000001:{c}/", "fetch.host"),
    ("two numbers", "http://127.1:{c}/", "fetch.host"),
    ("three numbers", "http://127.0.1:{c}/", "fetch.host"),
    ("hexadecimal and short", "http://0x7f.1:{c}/", "fetch.host"),
    ("one number octal", "http://0177.0.0.1:{c}/", "fetch.host"),
    ("a leading nought", "http://127.0.0.01:{c}/", "fetch.host"),
    ("too large a number", "http://127.0.0.1.4294967297:{c}/", "fetch.host"),
    ("a dot at the end", "http://127.0.0.1.:{c}/", "fetch.address"),
    ("two dots at the end", "http://127.0.0.1..:{c}/", "fetch.host"),
    ("full-width digits", "http://１２７.０.０.１:{c}/", "fetch.address"),
    ("ideographic dots", "http://127。0。0。1:{c}/", "fetch.address"),
    ("digits in circles", "http://①②⑦.⓪.⓪.①:{c}/", "fetch.address"),
    ("percent-encoded digits", "http://%31%32%37.0.0.1:{c}/", "fetch.host"),
    ("a percent-encoded dot", "http://127.0.0%2e1:{c}/", "fetch.host"),
    ("a soft hyphen inside", "http://127.0.0.\u00ad1:{c}/", "fetch.url"),
    ("all addresses", "http://0.0.0.0:{c}/", "fetch.address"),
    ("nought", "http://0:{c}/", "fetch.host"),
    ("IPv6 loopback", "http://[::1]:{c}/", "fetch.address"),
    ("IPv6 loopback in full", "http://[0:0:0:0:0:0:0:1]:{c}/", "fetch.address"),
    ("IPv6, all addresses", "http://[::]:{c}/", "fetch.address"),
    ("IPv4-mapped", "http://[::ffff:127.0.0.1]:{c}/", "fetch.address"),
    ("IPv4-mapped, hexadecimal", "http://[::ffff:7f00:1]:{c}/", "fetch.address"),
    ("IPv4-compatible", "http://[::127.0.0.1]:{c}/", "fetch.address"),
    ("IPv4-translated", "http://[::ffff:0:127.0.0.1]:{c}/", "fetch.address"),
    ("NAT64", "http://[64:ff9b::127.0.0.1]:{c}/", "fetch.address"),
    ("NAT64 of a house", "http://[64:ff9b:1::127.0.0.1]:{c}/", "fetch.address"),
    ("6to4", "http://[2002:7f00:1::]:{c}/", "fetch.address"),
    ("Teredo", "http://[2001:0:7f00:1::1]:{c}/", "fetch.address"),
    ("ISATAP", "http://[2600::5efe:127.0.0.1]:{c}/", "fetch.address"),
    ("a zone", "http://[::1%25lo]:{c}/", "fetch.host"),
    ("a bare zone", "http://[fe80::1%eth0]:{c}/", "fetch.host"),
    ("localhost", "http://localhost:{c}/", "fetch.host"),
    ("LOCALHOST with a dot", "http://LOCALHOST.:{c}/", "fetch.host"),
    ("localhost in circles", "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:{c}/", "fetch.host"),
    ("below localhost", "http://app.localhost:{c}/", "fetch.host"),
    ("localhost.localdomain", "http://localhost.localdomain:{c}/", "fetch.host"),
    ("a name that means loopback", "http://inward.example:{c}/", "fetch.address"),
    ("a name that means IPv6 loopback", "http://inward6.example:{c}/", "fetch.address"),
    ("a name that means a mapped one", "http://mapped.example:{c}/", "fetch.address"),
    ("a name that means both open and not", "http://mixed.example:{c}/", "fetch.address"),
    ("a name in capitals and full width", "http://ＩＮＷＡＲＤ.example:{c}/", "fetch.address"),
    ("a name with a password before it", "http://ann:secret@127.0.0.1:{c}/", "fetch.credentials"),
    ("a host that is only a name", "http://open.example@127.0.0.1:{c}/", "fetch.credentials"),
    ("a host and port as a password", "http://open.example:80@[::1]:{c}/", "fetch.credentials"),
    ("a backslash before the at", "http://open.example\\@127.0.0.1:{c}/", "fetch.credentials"),
    ("a backslash behind the port", "http://127.0.0.1:{c}\\@open.example/", "fetch.credentials"),
    ("a backslash in the host", "http://127.0.0.1\\.open.example:{c}/", "fetch.host"),
    ("backslashes for slashes", "http:\\\\127.0.0.1:{c}\\", "fetch.url"),
    ("one slash", "http:/127.0.0.1:{c}/", "fetch.url"),
    ("no slash", "http:127.0.0.1:{c}/", "fetch.url"),
    ("three slashes", "http:///127.0.0.1:{c}/", "fetch.url"),
    ("a tab in the host", "http://127.0.\t0.1:{c}/", "fetch.url"),
    ("a new line in the host", "http://127.0.\n0.1:{c}/", "fetch.url"),
    ("a blank in the host", "http://127.0.0.1 .open.example:{c}/", "fetch.host"),
    ("a blank before", " http://127.0.0.1:{c}/", "fetch.url"),
    ("no scheme", "//127.0.0.1:{c}/", "fetch.scheme"),
    ("a nested scheme", "url:http://127.0.0.1:{c}/", "fetch.scheme"),
    ("view-source", "view-source:http://127.0.0.1:{c}/", "fetch.scheme"),
    ("a bracket behind", "http://[::1]x:{c}/", "fetch.url"),
    ("two ports", "http://127.0.0.1:80:{c}/", "fetch.url"),
    ("a blank inside the port", "http://127.0.0.1: {c}/", "fetch.url"),
    ("full-width digits for a port", "http://127.0.0.1:８０/", "fetch.url"),
]
# Networks that are not open to all, each by one address.
OTHER_NETS = [
    ("private", "10.0.0.1"),
    ("private", "172.31.255.254"),
    ("private", "192.168.1.1"),
    ("carriers'", "100.64.0.1"),
    ("link-local", "169.254.0.1"),
    ("a cloud's metadata", "169.254.169.254"),
    ("a cloud's metadata, IPv6", "[fd00:ec2::254]"),
    ("a cloud's metadata, mapped", "[::ffff:169.254.169.254]"),
    ("a cloud's metadata, Alibaba", "100.100.100.200"),
    ("a cloud's metadata, Azure", "168.63.129.16"),
    ("protocol assignments", "192.0.0.8"),
    ("documentation", "192.0.2.1"),
    ("documentation", "198.51.100.1"),
    ("documentation", "203.0.113.1"),
    ("benchmarks", "198.18.0.1"),
    ("6to4 relays", "192.88.99.1"),
    ("multicast", "224.0.0.1"),
    ("reserved", "240.0.0.1"),
    ("broadcast", "255.255.255.255"),
    ("unique local", "[fc00::1]"),
    ("link-local, IPv6", "[fe80::1]"),
    ("site-local", "[fec0::1]"),
    ("multicast, IPv6", "[ff0e::1]"),
    ("documentation, IPv6", "[2001:db8::1]"),
    ("documentation, IPv6", "[3fff::1]"),
    ("discard", "[100::1]"),
    ("given to nobody", "[4000::1]"),
]
NAMES = [
    ("a cloud's metadata by name", "http://metadata.google.internal/", "fetch.host"),
    ("a printer", "http://printer.local/", "fetch.host"),
    ("one word", "http://router/", "fetch.host"),
    ("an intranet", "https://wiki.intranet/", "fetch.host"),
    ("a reverse name", "http://1.0.0.127.in-addr.arpa/", "fetch.host"),
    ("no such host", "http://nowhere.example/", "fetch.unknown-host"),
    ("a host of nothing", "http://nothing.example/", "fetch.unknown-host"),
    ("a look-up that never ends", "http://slow.example/", "fetch.timeout"),
    ("a host that is too long", "http://" + "a." * 200 + "example/", "fetch.host"),
    ("a label that is too long", "http://" + "a" * 64 + ".example/", "fetch.host"),
    ("an empty label", "http://open..example/", "fetch.host"),
    ("no host", "http:///a", "fetch.url"),
    ("a future address", "http://[v1.abc]/", "fetch.url"),
    ("an open bracket", "http://[::1/", "fetch.url"),
    ("signs in a host", "http://open.ex*mple/", "fetch.host"),
    ("a right-to-left mark", "http://open.\u202eexample/", "fetch.url"),
    ("a joiner", "http://open.e\u200dxample/", "fetch.url"),
]
PORTS = [
    *(
        (f"port {port}", f"http://open.example:{port}/", "fetch.port")
        for port in (22, 25, 6379, 11211)
    ),
    ("port 9200", "http://open.example:9200/_search", "fetch.port"),
    ("port 0", "http://open.example:0/", "fetch.url"),
    ("port 65536", "http://open.example:65536/", "fetch.url"),
    ("port 80 and something", "http://open.example:80x/", "fetch.url"),
    ("a port that would run over", "http://open.example:4294967376/", "fetch.url"),
]
SCHEMES = [
    *(
        (f"{url.partition(':')[0]}:", url, "fetch.scheme")
        for url in (
            *("file:///etc/passwd", "gopher://127.0.0.1:6379/_INFO", "ftp://open.example/a"),
            *("data:text/html,hello", "javascript:alert(1)", "dict://127.0.0.1:11211/stat"),
            *("ldap://127.0.0.1/", "ws://127.0.0.1:{c}/", "jar:http://127.0.0.1!/a", "about:blank"),
        )
    ),
    ("a blank address", "", "fetch.scheme"),
    ("a header smuggled in", "http://open.example/ HTTP/1.1\r\nX: y", "fetch.url"),
    ("a header in the host", "http://open.example\r\nHost: 127.0.0.1/", "fetch.url"),
    ("a nought octet", "http://open.example/\0", "fetch.url"),
    ("a nought octet in the host", "http://127.0.0.1\0.open.example:{c}/", "fetch.url"),
    ("half a letter", "http://open.example/\ud800", "fetch.url"),
    ("a huge address", "http://open.example/" + "a" * 100_000, "fetch.long"),
]
# What each name means, time after time; the last meaning stays.
MEANINGS = {
    "inward.example": [["127.0.0.1"]],
    "inward6.example": [["::1"]],
    "mapped.example": [["::ffff:127.0.0.1"]],
    "mixed.example": [["93.184.215.14", "127.0.0.1"]],
    "nothing.example": [[]],
    "turning.example": [["127.0.0.1"], ["127.0.0.3"]],
}


def addresses():
    """Every try that is only an address: name, address, refused as."""
    nets = [(f"{name} {host}", f"http://{host}/", "fetch.address") for name, host in OTHER_NETS]
    return [*THIS_MACHINE, *nets, *NAMES, *PORTS, *SCHEMES]
