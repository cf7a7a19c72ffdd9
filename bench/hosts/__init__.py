"""docs/deploy.md followed to the letter: every machine of it in a network and with folders of its own, on this one.

`page.py` reads the page; `machines.py` makes machines out of namespaces; `town.py` does on each what the page says;
`drill.py` sends, cuts one off, counts, and brings a lost database back. Needs Linux, root, and Debian's packages
postgresql, rabbitmq-server, nginx-light, iproute2 and openssl.
"""
