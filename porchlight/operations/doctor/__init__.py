"""Looks the whole server over and says what is wrong and how to mend it. Changes nothing."""
