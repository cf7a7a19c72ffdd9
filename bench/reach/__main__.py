"""`make bench-reach`: a town of 2,000 homes, an urgent notice in the morning and one in the evening."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import UTC, datetime, timedelta

AIM_24, AIM_LISTED = 98.0, 100.0  # per cent
MORNING, EVENING = datetime(2026, 10, 13, 8, 12, tzinfo=UTC), datetime(2026, 10, 14, 17, 40, tzinfo=UTC)


def main() -> int:
    """Exit code 1 when an aim was missed."""
    words = argparse.ArgumentParser(prog="bench.reach", description=__doc__)
    words.add_argument("--homes", type=int, default=2000)
    words.add_argument("--seed", type=int, default=7)
    asked = words.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "porchlight.config.settings")
    import django

    django.setup()
    met = all(
        [
            _notice(asked.homes, asked.seed, "morning", MORNING),
            _notice(asked.homes, asked.seed, "evening", EVENING),
        ]
    )
    return 0 if _dose(asked.homes, asked.seed) and met else 1


def _notice(homes: int, seed: int, name: str, begins: datetime) -> bool:
    from bench.reach.climb import Climb
    from bench.reach.rivals import push_and_mail, texts_to_all
    from bench.reach.town import draw
    from porchlight.delivery.ladder.terms import DEFAULT

    town = draw(homes, seed)
    doors = set(town.homes())
    working = town.working()
    print(f"\n== urgent, in the {name}: {len(doors)} homes, {len(working)} with a contact that works ==")
    print(
        f"{'':18}{'1 h':>8}{'24 h':>8}{'72 h':>8}{'messages':>10}{'calls':>7}{'slips':>7}{'errands':>9}{'a home':>9}"
    )
    push, texts = push_and_mail(town, begins), texts_to_all(town, begins)
    climb = Climb(town, begins)
    climb.run()
    reached, spent = climb.reached(), climb.spent
    for who, found, counts, pence in (
        ("ladder", reached, (spent.messages, spent.calls, spent.slips, spent.errands), spent.pence),
        ("push and e-mail", push.reached, (push.messages, 0, 0, 0), push.pence),
        ("text to all", texts.reached, (texts.messages, 0, 0, 0), texts.pence),
    ):
        shares = [100 * len(_by(found, begins, hours) & doors) / len(doors) for hours in (1, 24, 72)]
        price = pence / max(1, len(_by(found, begins, 72)))
        figures = "".join(f"{share:7.1f}%" for share in shares)
        print(f"{who:18}{figures}{counts[0]:>10}{counts[1]:>7}{counts[2]:>7}{counts[3]:>9}{price:>8.1f}p")
    in_a_day = 100 * len(_by(reached, begins, 24) & working) / len(working)
    left = doors - set(_by(reached, begins, 72))
    listed = 100 * len(left & climb.in_hand_at[72]) / len(left) if left else 100.0
    most = climb.most_climbed_in_a_day()
    print(f"of homes with a contact that works, in 24 h: {in_a_day:.2f} % (aim {AIM_24})")
    print(f"of {len(left)} homes not reached in 72 h, on a person's list: {listed:.1f} % (aim {AIM_LISTED})")
    print(f"further messages to one adult in a day, at most: {most} (cap {DEFAULT.most_messages})")
    return in_a_day >= AIM_24 and listed >= AIM_LISTED and most <= DEFAULT.most_messages


def _by(found: dict[int, datetime], begins: datetime, hours: float) -> set[int]:
    return {home for home, at in found.items() if at <= begins + timedelta(hours=hours)}


def _dose(homes: int, seed: int) -> bool:
    from bench.reach.dose import six_weeks

    came = six_weeks(homes, seed)
    print(f"\n== six weeks of everyday notices: {came.notices} said, {came.touches} messages ==")
    print(
        f"homes above their dose: {came.above} (aim 0); notices later than a fortnight: {came.never_told} (aim 0)"
    )
    return came.above == 0 and came.never_told == 0


if __name__ == "__main__":
    sys.exit(main())
