"""The sizes and profiles that rounds are drawn in, and what the score weighs."""

from __future__ import annotations

from typing import Any

type Json = dict[str, Any]

SIZES: dict[str, Json] = {
    name: {
        "teachers": teachers,
        "families": families,
        "evenings": evenings,
        "saturday": saturday,
        "zones": zones,
        "per_class": per_class,
        "class_size": class_size,
        "mean": mean,  # requests for a child
        "kmax": most,
        "interp": interpreters,
    }
    for name, teachers, families, evenings, saturday, zones, per_class, class_size, mean, most, interpreters in (
        ("tiny", 4, 12, 1, 0, 1, 4, 10, 2.2, 4, 1),
        ("small", 8, 60, 2, 0, 2, 4, 24, 2.6, 4, 2),
        ("medium", 40, 600, 2, 1, 3, 9, 27, 3.1, 8, 5),
        ("large", 100, 2000, 3, 1, 4, 10, 28, 3.15, 9, 10),
    )
}
PROFILES: dict[str, Json] = {
    name: {
        "load": load,
        "lang": language,
        "apart": apart,
        "home": home,
        "remote_pref": remote,
        "core_skew": core,
    }
    for name, load, language, apart, home, remote, core in (
        ("normal", 1.0, 0.08, 0.10, 0.01, 0.25, 1.3),
        ("tight", 1.2, 0.08, 0.10, 0.01, 0.20, 1.7),
        ("interpreter", 1.0, 0.22, 0.10, 0.01, 0.25, 1.3),
        ("separated", 1.0, 0.08, 0.35, 0.01, 0.25, 1.3),
        ("homevisit", 0.95, 0.08, 0.10, 0.06, 0.25, 1.3),
    )
}
LANGS = ["ar", "so", "uk", "pl", "ur", "tr"]
LANG_WEIGHTS = [30, 22, 18, 14, 10, 6]
WEIGHTS = {
    "must_unmet": 4000,
    "unmet_per_priority": 200,
    "fairness": 60,
    "gap_slot": 4,
    "trip": 60,
    "teacher_idle_slot": 1,
}
