"""Schools with their calendar, classes and staff; and the wall between one school and the next."""
