"""The pages of conversations: compose, reports, threads, the office's tray, worries and the school's texts."""
