"""What this room keeps of whom, what for and how long; the words are explained in `toolbox/kept.py`.

An import's row stays, since links point at it: without them the next one would take everybody for new.
"""

from porchlight.toolbox.kept import Ground, Limit, Purpose, kept

LISTS = ("child adult colleague", Purpose.ROLL, Ground.TASK, Limit.LISTS)

KEPT = {
    "rosters.RosterImport": kept(
        *LISTS, since="looked_at", tier=2, empties="file_name samples problems stored_as",
        words="file_name samples problems stored_as", facts="counts problem_counts importable removes_too_many",
        codes="key digest source format system org mode looked_by_id applied_by_id undone_by_id",
        times="handed_over_at looked_at applied_at undone_at",
    ),
    "rosters.Sheet": kept(
        *LISTS, since="run__looked_at", tier=2, empties="answers", words="pointing remembered answers", ties="run",
        times="confirmed_at",
    ),
    "rosters.RosterJob": kept(
        *LISTS, since="asked_at", codes="what confirmed outcome kinds asked_by_id", ties="run",
        times="asked_at begun_at ended_at",
    ),
    "rosters.NewYear": kept(
        *LISTS, since="confirmed_at", codes="key changes confirmed_by_id undone_by_id", times="confirmed_at undone_at"
    ),
    "rosters.RosterLink": kept(
        "child adult colleague", Purpose.ROLL, Ground.TASK, Limit.ROLL, tier=2,
        words="values record_key", codes="source kind object_id adopted", ties="added_in gone_in",
    ),
    "rosters.RosterChange": kept(
        *LISTS, since="run__looked_at", tier=2, words="values_before before after", ties="run link gone_before"
    ),
}  # fmt: skip
