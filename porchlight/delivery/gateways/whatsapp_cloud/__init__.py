"""WhatsApp through Meta's Cloud API: templates, free text within 24 hours, buttons, lists, voice notes in."""
