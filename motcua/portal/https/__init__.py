"""https by a certificate authority of the centre's own, for an office that nobody administers (ADR 0024).

Nouns: authority (the root certificate and its key, which can vouch for this centre's names and for addresses inside
private networks only), certificate (what the server shows; renewed by itself), device (a machine that was told, once,
to trust the authority). A supplied certificate needs none of it. It opens no port: `motcua serve` does.
"""
