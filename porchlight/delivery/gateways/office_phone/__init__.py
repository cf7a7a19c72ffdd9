"""The school's own phone: an Android telephone in the office texts for the school, with the open SMSGate app.

Sending and receipts are SMSGate's API. A telephone that rings is told by its companion app CallGate, whose
webhooks have the same envelope and signature; SMSGate itself leaves calls alone.
"""
