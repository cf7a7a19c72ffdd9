"""A school with a row in every table, made three times over for the tests of the walls between them.

Every text of one school bears its mark, with the text's tier and where it stands, so that a leak says what it is.
"""
