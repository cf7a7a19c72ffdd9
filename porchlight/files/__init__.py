"""Sound, pictures and documents that homes sent: kept as they came, measured, and handed out safely."""
