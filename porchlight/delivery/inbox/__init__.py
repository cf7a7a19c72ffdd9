"""The road back: webhooks stored first and understood later, in any order, however often they come."""
