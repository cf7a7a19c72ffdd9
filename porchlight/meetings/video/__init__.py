"""Video rooms for meetings: made ahead of time with a company of the school's choice, opened at their hour."""
