"""Which addresses are one network, and how often it may ask."""

from motcua.kernel.networks import network_of


def test_one_network_is_one_sender() -> None:
    assert network_of("192.0.2.7") == network_of("192.0.2.200") == network_of("::ffff:192.0.2.9")
    assert network_of("192.0.2.7") != network_of("192.0.3.7")
    assert network_of("2001:db8::1") == network_of("2001:db8::ffff:1")
    assert network_of("nonsense") == "unknown"
