"""Threads, messages, notices, asks and answers: what school and home say to each other."""
