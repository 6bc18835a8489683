"""How often a mail to confirm a subscription may be asked for, so that nobody is flooded with them."""

from __future__ import annotations

from datetime import timedelta

WITHIN = timedelta(days=1)
PER_EMAIL = 3  # mails a day to one address, whoever asks
PER_CLIENT = 20  # requests a day from one computer, for whatever addresses
REFUSAL = "There were too many requests from here today. Try again tomorrow."
CONFIRM_WITHIN = timedelta(days=7)


def silent(to_email: int) -> bool:
    """Whether this address has been written to often enough: the answer is the same, no mail is sent."""
    return to_email >= PER_EMAIL


def refused(from_client: int) -> bool:
    """Whether this computer has asked often enough."""
    return from_client >= PER_CLIENT
