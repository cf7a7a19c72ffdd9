"""The practice town: pretend phones, inboxes and paper trays that speak the gateways' real wire formats."""
