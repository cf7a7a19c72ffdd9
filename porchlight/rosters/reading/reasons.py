"""Every code of a report, and the sentence a school reads for it: what happened, and what to do."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REASONS: dict[str, Promise] = {
    # The whole file that was handed over
    "package.not_there": _("There is no file or folder called %(file)s."),
    "package.not_a_zip": _(
        "%(file)s is not a zip file. Export it again, or choose the folder with the CSV files."
    ),
    "package.damaged_zip": _("%(file)s is damaged and cannot be opened. Export it again."),
    "package.damaged_file": _("%(file)s is damaged inside the zip. Export it again."),
    "package.too_many_files": _(
        "%(file)s holds far more files than a roster has (more than %(most)d). Export the roster alone."
    ),
    "package.too_large": _("%(file)s would unpack to more than %(most)d MB, which no roster needs."),
    "package.bomb": _("%(file)s unpacks to far more than it should. It was not opened. Ask whoever sent it."),
    "package.unsafe_name": _(
        "The name %(file)s points outside the folder it came in. Nothing was opened. Ask whoever sent it."
    ),
    "package.locked": _("%(file)s is locked with a password. Export it without one."),
    "package.unknown_packing": _("%(file)s is packed in a way we cannot read. Zip it again the usual way."),
    "package.zip_inside": _(
        "%(file)s is a zip inside the zip and was not opened. Put the CSV files themselves in."
    ),
    "package.folder_inside": _(
        "%(file)s lies in a folder of its own and was not read. Put every file side by side."
    ),
    "package.nested": _(
        "The files lie in the folder %(file)s instead of side by side. They were read all the same."
    ),
    "package.twice": _(
        "%(file)s is in the bundle twice, and nobody can say which one counts. Export it again."
    ),
    "package.empty": _("There is nothing to read in %(file)s."),
    "package.missing_manifest": _(
        "There is no manifest.csv, so nobody can say whether this is the whole school or only changes. Export it "
        "again with the manifest, or say which of the two it is."
    ),
    "package.unknown_file": _("%(file)s is no file of this format and was not read."),
    "package.guessed_file": _("%(file)s was read as %(meant)s."),
    "package.not_taken": _("%(file)s was not opened: Porchlight needs nothing from it."),
    "package.nothing_to_take": _(
        "Nothing in %(file)s can be taken: there are no people and no classes in it that we could read. The other "
        "lines say why."
    ),
    "package.sds_1": _(
        "This is Microsoft School Data Sync in its first format, which does not say who cares for whom. Export it "
        "in the format called v2.1, with relationships.csv."
    ),
    "package.clever": _("These are Clever's own files. Ask for a OneRoster 1.1 or 1.2 export instead."),
    "package.which_school": _(
        "There are several schools in this bundle. Say which one is yours, by its id: %(schools)s."
    ),
    "package.no_such_school": _("No school in this bundle has the id %(org)s."),
    "org.guessed": _(
        "There are several schools in this bundle. The one called %(value)s was taken as yours."
    ),
    # The manifest
    "manifest.file_missing": _(
        "The manifest promises %(file)s, but it is not there. Nothing it covers was changed."
    ),
    "manifest.file_unexpected": _(
        "The manifest says there is no %(file)s, yet it is there. It was not read."
    ),
    "manifest.guessed_property": _("The manifest says %(field)s, which was read as %(meant)s."),
    "manifest.guessed_version": _(
        "The manifest gives the version as “%(value)s”. It was read as %(version)s."
    ),
    "manifest.guessed_mode": _("The manifest does not say what %(file)s is. It was read as %(mode)s."),
    # One file
    "file.empty": _("%(file)s is empty; not even its column names are there."),
    "file.line_too_long": _("Line %(line)d of %(file)s is longer than %(most)d KB. The file was not read."),
    "file.too_many_columns": _("%(file)s has more than %(most)d columns. It was not read."),
    "file.unclosed_quote": _(
        "A quotation mark opens on line %(line)d of %(file)s and is not closed where it should be, so nobody can say "
        "which rows it swallows. The file was not read. Mend that line."
    ),
    "file.unreadable_encoding": _("Line %(line)d of %(file)s is not readable text. Save the file as UTF-8."),
    "file.guessed_encoding": _(
        "Line %(line)d is not UTF-8. It was read as Windows Western: check its letters."
    ),
    "file.utf16": _("%(file)s is written in UTF-16. It was read."),
    "file.guessed_separator": _(
        "The columns are separated by “%(value)s” instead of a comma. They were read so."
    ),
    "file.only_checked_so_far": _(
        "Porchlight takes nothing from %(file)s; only the rows up to here were checked."
    ),
    # Its column names
    "schema.no_id_column": _(
        "%(file)s has no column sourcedId, so its rows cannot be told apart. It was not read."
    ),
    "schema.empty_header": _("There are columns without a name at the end. They were not read."),
    "schema.header_twice": _("The column %(field)s is there twice. The first one was read."),
    "schema.guessed_header": _("The column %(field)s was read as %(meant)s."),
    "schema.invalid_metadata_header": _("The column %(field)s is not part of the format and was not read."),
    "schema.header_order_mismatch": _(
        "The columns are not in the standard's order. They were read by their names."
    ),
    "schema.metadata_column_position": _(
        "%(field)s stands among the standard columns instead of behind them."
    ),
    # One row
    "row.null_characters": _("There are empty characters in this line. They were taken out."),
    "row.bad_quotes": _("The quotation marks in this line do not match. The row was left out."),
    "row.too_short": _("This row has only one cell. It was left out."),
    "row.padded": _("This row has fewer cells than there are columns. The missing ones were read as empty."),
    "row.too_long": _(
        "This row has more cells than there are columns, perhaps for a comma in a name. It was left out."
    ),
    "row.no_id": _("This row has no sourcedId. It was left out."),
    "row.id_too_long": _("This sourcedId is longer than 255 characters. The row was left out."),
    "row.strange_id": _("This sourcedId has characters the standard does not know. It was taken as it is."),
    "row.same_id": _("Another row above has the same sourcedId. This one was left out."),
    "row.field_required_in_delta": _("A file of changes must fill %(field)s. The row was left out."),
    "row.field_forbidden_in_bulk": _("A whole file leaves %(field)s empty. It was not needed."),
    "row.marked_gone": _("This row is marked “%(value)s” and counts as gone."),
    "row.invalid_datetime": _(
        "“%(value)s” is no moment we can read for sure. Write it as 2026-09-01T08:00:00.000Z. The row was left out."
    ),
    "row.guessed_datetime": _("“%(value)s” is not written as the standard asks. It was read as that day."),
    "row.invalid_date": _(
        "“%(value)s” is no date we can read for sure: day and month are never guessed. Write it as 2026-09-01. "
        "The row was left out."
    ),
    "row.guessed_date": _("“%(value)s” holds a time as well. The day was taken."),
    "row.ends_before_start": _("This row ends before it begins. It was left out."),
    "row.missing_value": _("%(field)s is empty. The row was left out."),
    "row.unknown_word": _("“%(value)s” is not a word the format knows for %(field)s. The row was left out."),
    # What rows say of one another
    "reference.missing_target_file": _("%(field)s names “%(value)s”, but there is no %(target)s."),
    "reference.missing_target_record": _("%(field)s names “%(value)s”, which is not in %(target)s."),
    "reference.left_out_target": _("%(field)s names “%(value)s”, whose own row in %(target)s was left out."),
    "user.no_role": _(
        "Nothing says whether this person is a student, a guardian or staff. The row was left out."
    ),
    "enrolment.not_student": _("This person is enrolled as a student but is none. The row was left out."),
    "enrolment.not_staff": _("This person is named as a teacher but is not staff. The row was left out."),
    # Grade books: checked, never taken
    "semantic.invalid_score_range": _("The lowest score is higher than the highest."),
    "semantic.invalid_score_scale_mapping": _("The score scale is not written as {grade:score}."),
    "semantic.invalid_case_learning_objective_id": _(
        "This learning objective has no id of the form urn:uuid:…"
    ),
    # How people are reached
    "contact.bad_number": _("“%(value)s” was not taken. %(why)s"),
    "contact.bad_mailbox": _("“%(value)s” is no e-mail address. It was not taken."),
    "contact.landline": _(
        "“%(value)s” is a landline, which takes no texts. It was not taken; the office may note it."
    ),
    # Any sheet, before it is one of ours
    "any.old_workbook": _(
        "%(file)s is an old Excel workbook (.xls). Open it, choose “Save as”, and save it as .xlsx or .ods."
    ),
    "any.picture": _("%(file)s is a picture or a PDF, and has no cells. Ask for the sheet it was made from."),
    "any.web_page": _(
        "%(file)s is a web page, whatever its name says. Open it in a spreadsheet and save it as .xlsx or .ods."
    ),
    "any.too_large": _(
        "%(file)s is larger than a sheet of %(most)d rows. Bring one part after the other, or ask whoever runs the "
        "server to import it."
    ),
    "any.busy": _("Other sheets are being read just now. Nothing is lost: bring it again in a minute."),
    "any.unreadable": _("%(file)s is not readable as a table. Save it as .xlsx, .ods or .csv."),
    "any.empty": _("There is nothing in it. Copy the cells with their headings, or choose the file again."),
    "any.shortened": _(
        "A spreadsheet has shortened “%(value)s”, and digits are lost. Nobody can say which: type the number."
    ),
    "any.rounded": _(
        "“%(value)s” ends in zeros as a shortened number does. If it is right, type it once more; if not, type the "
        "right one."
    ),
    "any.no_number": _("There is no number in “%(value)s”. Type it, or leave it empty."),
    "any.words_beside": _(
        "Beside the number stand words (“%(value)s”), so it may be somebody else’s. Type the number alone if it is "
        "this adult’s."
    ),
    "any.several_children": _("“%(value)s”: is this one child, or several?"),
    "any.class_is_a_day": _(
        "A spreadsheet has made a day of this class (“%(value)s”). Type the class, such as 1-2."
    ),
    "any.restriction_of_whom": _(
        "The row speaks of a restriction (“%(value)s”) and not of whom. No adult of this row was taken: point at the "
        "column of the adult it is about, or add them by hand."
    ),
    "any.zero_back": _("“%(value)s” was read as %(read)s: the 0 in front was put back."),
    "any.two_numbers": _("“%(value)s” was read as two numbers of one adult: %(read)s."),
    "any.labelled": _("“%(value)s” says whose the number is. It was given to that adult."),
    "any.ditto": _("“%(value)s” was read as the same as above: %(read)s."),
    "any.typed": _("Instead of “%(value)s” you typed %(read)s."),
    "any.late": _("“%(value)s” has died, the sheet says. Nobody is written to in that name."),
    "any.class_spelling": _("“%(value)s” was read as the class %(read)s."),
    "any.surname_first": _("“%(value)s” was read as %(read)s."),
    "any.row_twice": _("%(child)s stands there twice with the same words. One row was taken."),
    "any.row_per_adult": _(
        "%(child)s stands in several rows, one for each adult. It was taken as one child."
    ),
    "any.moved": _("%(child)s was in another class, and is in %(read)s now."),
    "any.no_row_of_a_child": _("“%(value)s” is no row of a child. It was passed over."),
    "any.shared_unsaid": _(
        "Numbers that stand beside several adults: %(times)d. Nobody said who is one person or lives together, so "
        "everybody stays apart."
    ),
    # The families sheet
    "sheet.no_header": _(
        "No row of %(file)s names the columns: one for the child and one for the adult, or for how to reach them. "
        "Download the families sheet and fill it in."
    ),
    "sheet.unknown_column": _("The column “%(field)s” is not one of the sheet's and was not read."),
    "sheet.no_child": _("This row names no child. It was left out."),
    "sheet.no_adult": _("This row names no adult and no way to reach one. It was left out."),
    "sheet.child_alone": _(
        "No adult is named beside this child. The child was taken; nobody can be written to yet."
    ),
    "sheet.which_teacher": _(
        "More than one colleague is called “%(value)s”. Nobody was taken as the class’s teacher: give their e-mail."
    ),
    "sheet.no_such_child": _(
        "No child of this name is on the roll in this class. Check the spelling, or give the child's number. The row "
        "was left out."
    ),
    "sheet.which_child": _(
        "More than one child on the roll has this name. Give the class or the child's number. The row was left out."
    ),
    "sheet.pair_twice": _(
        "This child and this adult are named together more than once. The first row counts."
    ),
    "sheet.said_twice": _(
        "The rows about this adult say different things for %(field)s. The first one was taken."
    ),
    "sheet.unknown_word": _("“%(value)s” is not a word we know for %(field)s. It was left out."),
    "sheet.unknown_language": _(
        "“%(value)s” is not a language we know. Write its name or its code, such as ur."
    ),
    "sheet.unknown_zone": _("“%(value)s” is no time zone we know. Write one like Asia/Karachi."),
    "sheet.reads_as_spoken": _("“%(value)s” says how they read as well as what they speak. Both were taken."),
    "sheet.not_yes_or_no": _("“%(value)s” is neither yes nor no. It was left out."),
    "sheet.not_a_time": _("“%(value)s” is no time of day we know. Write it as 17:30."),
    "sheet.not_a_day": _("“%(value)s” is no date we can read for sure. Write it as 2026-09-01."),
    "sheet.right_withheld": _(
        "“%(value)s” is neither yes nor no, so the answer counts as no until somebody looks."
    ),
    "sheet.restriction_guessed": _(
        "The words of this restriction are not ones we know, so nothing about this child goes to this adult until "
        "somebody looks."
    ),
    "sheet.whatsapp_unasked": _(
        "Nobody says this adult agreed to WhatsApp. It is kept, and not used until they do."
    ),
    "sheet.same_name_apart": _(
        "Another row has an adult of this name in a home of this name, with other numbers. They were taken as two."
    ),
    "sheet.home_of_strangers": _(
        "Adults with no child in common are given the same home. They were kept apart, since they may be two families "
        "of one name. If they live together, name one of them for the other's child as well."
    ),
}
