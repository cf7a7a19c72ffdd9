"""Around a meeting of any sort: reminders, calendars, the evening itself, and what is said before and after."""
