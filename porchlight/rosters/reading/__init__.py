"""Reads what other systems export, tolerantly, and reports strictly. Knows no models and no database of ours.

The way of a bundle: `opening` makes a zip or folder safe to read, `table` turns bytes into rows, `staging` holds
them in a temporary SQLite file so that memory stays flat, `oneroster`, `sds` and `families_sheet` fill it, `checks`
quarantines what cannot be trusted, and `people` writes the school as the bundle tells it.
"""
