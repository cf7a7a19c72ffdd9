"""Before planning: which requests nobody can meet, and a sentence that says what to change."""

from __future__ import annotations

from typing import Any

import pytest

from porchlight.meetings.planner.impossible import crowded, impossible
from porchlight.meetings.planner.instance import Round
from porchlight.meetings.planner.tests.drawn import PROFILES, drawn, filled


def window(day: int, begin: int, end: int, *modes: str) -> dict[str, Any]:
    return {"day": day, "from": begin, "to": end} | ({"modes": list(modes)} if modes else {})


def one_request() -> dict[str, Any]:
    """Ms Amal, on Tuesday; a family that can on Saturday morning too; one request of 15 minutes."""
    told = drawn("tiny")
    weekend = {"id": 1, "label": "Saturday", "start": "09:00", "slots": 72}
    told["days"] = [{"id": 0, "label": "Tuesday", "start": "15:30", "slots": 60}, weekend]
    told["teachers"] = [
        {"id": "t0", "name": "Ms Amal", "zone": 0, "windows": [window(0, 0, 60, "in_person", "video")]},
        {"id": "t1", "name": "Mr Bell", "zone": 0, "windows": [window(0, 0, 12, "in_person")]},
    ]
    told["interpreters"] = [{"id": "i0", "languages": ["ur"], "windows": [window(0, 30, 60)]}]
    told["parties"] = [
        {
            "id": "p0",
            "family": "f0",
            "windows": [window(0, 0, 24), window(1, 0, 36)],
            "travel": 4,
            "language": None,
            "mode_cost": {"in_person": 0, "phone": 10},
        }
    ]
    told["separations"] = []
    told["requests"] = [
        {
            "id": "r0",
            "party": "p0",
            "child": "c0",
            "teachers": ["t0"],
            "duration": 3,
            "must": True,
            "priority": 3,
            "modes": ["in_person"],
        }
    ]
    return told


def why(told: dict[str, Any]) -> str:
    [found] = impossible(Round(told))
    assert (found.request, found.party, found.must) == ("r0", "p0", True)
    return found.why


def test_what_can_be_met_is_not_spoken_of() -> None:
    assert impossible(Round(one_request())) == []


def test_no_common_hour_names_both_sides_hours() -> None:
    told = one_request()
    told["parties"][0]["windows"] = [window(1, 0, 36), window(1, 48, 60)]
    assert why(told) == (
        "no common hour: Ms Amal is there Tuesday 15:30–20:30, the family can Saturday 09:00–12:00 and 13:00–14:00"
    )


def test_a_way_that_one_side_does_not_take() -> None:
    told = one_request()
    told["requests"][0]["modes"] = ["phone"]
    assert why(told) == "the family wants it by phone, Ms Amal offers in person or by video"
    told["requests"][0]["modes"] = ["video"]
    assert why(told) == "asked for by video, and the family takes none of these ways"


def test_an_interpreter_who_does_not_exist_or_is_never_there_then() -> None:
    told = one_request()
    told["parties"][0]["language"] = "ps"
    assert why(told) == "nobody interprets ps"
    told["parties"][0]["language"] = "ur"
    assert why(told) == "nobody who interprets ur is there when both can: Tuesday 15:30–17:30"


def test_two_teachers_and_an_hour_that_is_too_short() -> None:
    told = one_request()
    told["requests"][0]["teachers"] = ["t0", "t1"]
    told["parties"][0]["windows"] = [window(0, 10, 24)]
    assert why(told) == "too short: it takes 15 minutes, together they have Tuesday 16:20–16:30"
    told["teachers"][1]["windows"] = [window(1, 0, 12, "in_person")]
    assert why(told) == "Ms Amal and Mr Bell are never there together in a way that the family takes"
    told["teachers"][1]["windows"] = []
    assert why(told) == "Mr Bell is never there"


def test_a_visit_at_home_needs_time_for_the_way() -> None:
    told = one_request()
    told["requests"][0]["modes"] = ["home"]
    told["teachers"][0]["windows"] = [window(0, 20, 30, "home")]
    assert why(told) == "no time for the way: 20 minutes there and back beside Tuesday 17:10–17:30"


def test_who_is_asked_for_longer_than_they_are_there() -> None:
    told = one_request()
    told["requests"] = [{**told["requests"][0], "id": f"r{n}", "duration": 7} for n in range(10)]
    assert crowded(Round(told)) == ["Ms Amal is asked for 350 minutes and there for 300"]


@pytest.mark.parametrize("profile", PROFILES)
def test_what_is_called_impossible_is_never_held_and_all_else_could_be(profile: str) -> None:
    told = drawn("small", profile)
    board = filled(told)
    named = {one.request for one in impossible(board.round)}
    assert named == {wish.key for wish in board.wishes if not wish.ways}
    assert named & {board.wishes[one.wish].key for one in board.meetings()} == set()
    assert profile != "normal" or len(named) == 12
