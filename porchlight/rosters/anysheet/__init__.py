"""Any sheet a school has, made into the families sheet that the importer reads. Nothing is guessed in silence.

The way of a sheet: `opening` turns a file or pasted cells into a `grid`, `headings` and `columns` say what each column
seems to hold and why, a person confirms that in `pointing`, `lines` reads row by row, `earlier` knows who came with
the last sheet, `joining` finds what only a person can say, and `weaving` writes the families sheet.
"""
