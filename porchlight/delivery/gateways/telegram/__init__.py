"""A school's own Telegram bot: words with buttons, voice notes and pictures both ways, families without a number.

The wire format is Telegram's Bot API (its reference of 2026): one POST a method, answers and webhooks in JSON.
"""
