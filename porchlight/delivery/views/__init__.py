"""Delivery's pages for the office: the ways to reach families, and what could not leave."""
