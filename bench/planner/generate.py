"""Draws rounds of conferences by chance, in the format porchlight-ptm/1; the same seed always gives the same bytes.

python -m bench.planner.generate --size large --seed 7 [--profile tight] -o round.json
python -m bench.planner.generate --change round.json --seed 3 --rate 0.05 -o changed.json
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from pathlib import Path

from bench.planner.kinds import LANG_WEIGHTS, LANGS, PROFILES, SIZES, WEIGHTS, Json
from bench.planner.windows import make_days, party_windows, teacher_windows, weighted


class _Draw:
    """One round while it is drawn. The order of the draws is part of the format: it decides every instance."""

    def __init__(self, size: str, seed: int, profile: str) -> None:
        self.size, self.sizes, self.profile = size, SIZES[size], PROFILES[profile]
        self.rng = random.Random(f"porchlight-ptm/{size}/{profile}/{seed}")
        self.days = make_days(self.sizes)
        self.teachers: list[Json] = []
        self.popularity: list[float] = []
        self.parties: list[Json] = []
        self.separations: list[Json] = []
        self.requests: list[Json] = []
        self.child = 0

    def draw_teachers(self) -> None:
        count = self.sizes["teachers"]
        for t in range(count):
            windows = teacher_windows(self.rng, self.days)
            self.teachers.append(
                {"id": f"t{t:03d}", "zone": t * self.sizes["zones"] // count, "windows": windows}
            )
            core = self.rng.random() < 0.25
            self.popularity.append(self.profile["core_skew"] if core else 1.0)

    def draw_families(self) -> None:
        families = range(self.sizes["families"])
        self.children = [weighted(self.rng, [1, 2, 3, 4], [64, 27, 7, 2]) for _ in families]
        total = sum(self.children)
        classes = max(1, round(total / self.sizes["class_size"]))
        self.class_teachers = self._deal(classes)
        self.seats = [c for c in range(classes) for _ in range(-(-total // classes))]
        self.rng.shuffle(self.seats)
        for family in families:
            self._family(family)

    def _deal(self, classes: int) -> list[list[int]]:
        """Teachers for classes, round robin, so that everybody teaches about equally many."""
        count = self.sizes["teachers"]
        found: list[list[int]] = []
        deck: list[int] = []
        for _ in range(classes):
            got: list[int] = []
            while len(got) < min(self.sizes["per_class"], count):
                if not deck:
                    deck = list(range(count))
                    self.rng.shuffle(deck)
                at = next((k for k, t in enumerate(deck) if t not in got), None)
                if at is None:
                    rest = list(range(count))
                    self.rng.shuffle(rest)
                    deck += rest
                    continue
                got.append(deck.pop(at))
            found.append(got)
        return found

    def _family(self, family: int) -> None:
        rng, profile = self.rng, self.profile
        language = weighted(rng, LANGS, LANG_WEIGHTS) if rng.random() < profile["lang"] else None
        apart = rng.random() < profile["apart"]
        adults = [self._party(family, k, language) for k in range(2 if apart else 1)]
        if apart:
            gap = rng.choice([0, 0, 0, 2, 6])
            self.separations.append({"a": adults[0], "b": adults[1], "gap": gap})
        home = rng.random() < profile["home"]
        for _ in range(self.children[family]):
            self._child(adults, apart, home)

    def _party(self, family: int, number: int, language: str | None) -> str:
        rng, remote = self.rng, self.profile["remote_pref"]
        chance = rng.random()
        if chance < remote * 0.4:
            mode_cost = {"video": 0, "phone": 10}
        elif chance < remote:
            mode_cost = {"video": 0, "in_person": 15, "phone": 20}
        elif chance < remote + 0.30:
            mode_cost = {"in_person": 0}
        else:
            mode_cost = {"in_person": 0, "video": 20, "phone": 40}
        name = f"p{len(self.parties):04d}"
        self.parties.append(
            {
                "id": name,
                "family": f"f{family:04d}",
                "windows": party_windows(rng, self.days),
                "travel": rng.choice([2, 3, 3, 4, 6]),
                "language": language if (number == 0 or rng.random() < 0.6) else None,
                "mode_cost": mode_cost,
            }
        )
        return name

    def _child(self, adults: list[str], apart: bool, home: bool) -> None:
        rng, sizes = self.rng, self.sizes
        child, pool = f"c{self.child:04d}", list(self.class_teachers[self.seats[self.child]])
        self.child += 1
        mean = sizes["mean"] * self.profile["load"]
        count = min(sizes["kmax"], len(pool), max(1, round(rng.gauss(mean, 1.5))))
        chosen = []
        for _ in range(count):
            teacher = weighted(rng, pool, [self.popularity[x] for x in pool])
            pool.remove(teacher)
            chosen.append(teacher)
        for number, teacher in enumerate(chosen):
            self._request(child, teacher, pool, adults, apart, home and number == 0)

    def _request(
        self, child: str, teacher: int, pool: list[int], adults: list[str], apart: bool, home: bool
    ) -> None:
        rng = self.rng
        must = rng.random() < 0.08
        priority = 3 if must else weighted(rng, [3, 2, 1], [25, 45, 30])
        long = self.size in ("medium", "large")
        duration = weighted(rng, [1, 2, 3], [38, 52, 10]) if long else weighted(rng, [2, 3], [70, 30])
        teachers = [self.teachers[teacher]["id"]]
        if must and rng.random() < 0.08 and pool:  # a support meeting of two teachers
            teachers.append(self.teachers[rng.choice(pool)]["id"])
            duration = 4
        # Apart: half of such requests become two meetings, of the others one parent takes it.
        for name in adults if apart and rng.random() < 0.5 else [rng.choice(adults)]:
            party = self.parties[int(name[1:])]
            modes = ["home"] if home else sorted(party["mode_cost"])
            if not home and len(teachers) == 2 and "in_person" in modes:
                modes = [mode for mode in modes if mode != "phone"]
            self.requests.append(
                {
                    "id": f"r{len(self.requests):05d}",
                    "party": name,
                    "child": child,
                    "teachers": list(teachers),
                    "duration": duration + (1 if party["language"] else 0),
                    "must": must,
                    "priority": priority,
                    "requested_by": "teacher" if must else "family",
                    "modes": modes,
                }
            )

    def grant_home_visits(self) -> None:
        """Home visits need a window with that mode: the teacher concerned gets one."""
        for request in self.requests:
            if request["modes"] != ["home"]:
                continue
            request["teachers"] = request["teachers"][:1]
            windows = self.teachers[int(request["teachers"][0][1:])]["windows"]
            if not any("home" in window["modes"] for window in windows):
                there = [window for window in windows if "in_person" in window["modes"]]
                longest = max(there, key=lambda w: w["to"] - w["from"], default=windows[0])
                longest["modes"] = [*longest["modes"], "home"]

    def interpreters(self) -> list[Json]:
        rng = self.rng
        used = [one for one in LANGS if any(party["language"] == one for party in self.parties)]
        language_of = {one["id"]: one["language"] for one in self.parties}
        demand = {
            one: sum(r["duration"] for r in self.requests if language_of[r["party"]] == one) for one in used
        }
        count = max(self.sizes["interp"], len(used)) if self.size != "tiny" else len(used)
        have, found = dict.fromkeys(used, 0), []
        for number in range(count if used else 0):
            most = max(used, key=lambda one: (demand[one] / (have[one] + 0.5), one))
            have[most] += 1
            spoken = [most]
            if len(used) > 1 and rng.random() < 0.3:
                spoken.append(rng.choice([one for one in used if one != most]))
            windows = []
            for day in self.days:
                if rng.random() < 0.75:
                    low = rng.choice([0, 0, 6, 12])
                    high = day["slots"] - rng.choice([0, 0, 6, 12])
                    windows.append({"day": day["id"], "from": low, "to": high})
            if not windows:
                windows = [{"day": self.days[0]["id"], "from": 0, "to": self.days[0]["slots"]}]
            found.append({"id": f"i{number:02d}", "languages": spoken, "windows": windows})
        return found


def generate(size: str, seed: int, profile: str = "normal") -> Json:
    """A round. `size`: of SIZES. `profile`: of PROFILES."""
    draw = _Draw(size, seed, profile)
    draw.draw_teachers()
    draw.draw_families()
    draw.grant_home_visits()
    zones = range(draw.sizes["zones"])
    return {
        "format": "porchlight-ptm/1",
        "name": f"{size}-{profile}-{seed}",
        "seed": seed,
        "slot_minutes": 5,
        "days": draw.days,
        "zones": {"count": len(zones), "walk": [[min(abs(a - b), 2) for b in zones] for a in zones]},
        "rules": {"max_run": 18, "break_slots": 2},
        "weights": WEIGHTS,
        "teachers": draw.teachers,
        "interpreters": draw.interpreters(),
        "parties": draw.parties,
        "separations": draw.separations,
        "requests": draw.requests,
    }


def change(told: Json, seed: int, rate: float = 0.05) -> Json:
    """The same round after a share of the parties changed when they can."""
    rng = random.Random(f"change/{told['name']}/{seed}/{rate}")
    new: Json = json.loads(json.dumps(told))
    count = len(new["parties"])
    chosen = sorted(rng.sample(range(count), max(1, round(count * rate))))
    for number in chosen:
        party = new["parties"][number]
        before = party["windows"]
        for _ in range(20):
            party["windows"] = party_windows(rng, told["days"])
            if party["windows"] != before:
                break
    new["name"] = f"{told['name']}-chg{seed}"
    new["changed_parties"] = [new["parties"][number]["id"] for number in chosen]
    return new


def main() -> None:
    """Writes what the command line asks for."""
    words = argparse.ArgumentParser(prog="bench.planner.generate", description=__doc__)
    words.add_argument("--size", choices=SIZES, default="small")
    words.add_argument("--profile", choices=PROFILES, default="normal")
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("-o", "--output", type=Path)
    words.add_argument("--change", type=Path, help="a round of which some parties change when they can")
    words.add_argument("--rate", type=float, default=0.05)
    asked = words.parse_args()
    if asked.change:
        drawn = change(json.loads(asked.change.read_bytes()), asked.seed, asked.rate)
    else:
        drawn = generate(asked.size, asked.seed, asked.profile)
    text = json.dumps(drawn, separators=(",", ":"), sort_keys=True) + "\n"
    if asked.output:
        asked.output.write_text(text)
    else:
        sys.stdout.write(text)


if __name__ == "__main__":
    main()
