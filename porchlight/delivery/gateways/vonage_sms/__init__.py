"""Text messages through Vonage's SMS API: each carries our reference, and what comes back is signed word by word."""
