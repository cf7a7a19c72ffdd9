"""What this room says of its meetings to whoever asked for them. Sent inside the transaction that changed them."""

from django.dispatch import Signal

# seat, word, now: an adult, or a colleague for them, said yes, another time or cannot.
said = Signal()
# seats, word, now: the same, once for all that were said in one word.
said_together = Signal()
# meeting, now: it stands at another time, or in another way; `called_off`: it is off.
moved = Signal()
called_off = Signal()
