"""A new school year: each class goes on to its next, or leaves. Suggested, changed and confirmed in one sitting."""
