"""Text messages through Twilio: sent with a status address of our own, heard with pictures, signed both ways."""
