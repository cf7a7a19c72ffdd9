"""Sign-in with an account colleagues have elsewhere: OpenID Connect, bound by issuer and subject, never by e-mail."""
