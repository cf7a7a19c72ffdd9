"""A class with a week, for those who try Porchlight: 4A told its homes last week, and this week's update is ready.

Only the demo has it. Ms Amal wrote what 4A learns, how school works and whom to ask, in English and in Urdu.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

from porchlight.schools.models import School, SchoolClass, StaffMember
from porchlight.updates.days import set_day
from porchlight.updates.facts import keep_fact
from porchlight.updates.models import About, Fact
from porchlight.updates.weekly import draft_for, get_ready, send, this_week, written

CLASS, TEACHER, TUESDAY = "4A", "Ms Amal", 1
LAST_THURSDAY = timedelta(days=5)  # before the Tuesday on which the demo opens
FACTS = {
    About.LEARNS: {
        "en": "Fractions, how plants grow, and stories from many countries.",
        "ur": "کسریں، پودے کیسے بڑھتے ہیں، اور کئی ملکوں کی کہانیاں۔",
    },
    About.WORKS: {
        "en": "School begins at nine. Send water and a warm coat. If your child is ill, tell us before nine.",
        "ur": "سکول نو بجے شروع ہوتا ہے۔ پانی اور گرم کوٹ بھیجیں۔ بچہ بیمار ہو تو نو بجے سے پہلے بتائیں۔",
    },
    About.WHOM: {
        "en": "Ms Amal about lessons, after half past three. Mrs Okafor in the office about everything else.",
        "ur": "پڑھائی کے بارے میں مس امل سے، ساڑھے تین بجے کے بعد۔ باقی ہر بات کے لیے دفتر میں مسز اوکافور سے۔",
    },
}


def a_class_with_a_week(school: School, *, now: datetime) -> None:
    """`now` is the Tuesday on which the demo opens; a second time changes nothing."""
    school_class = SchoolClass.objects.in_school(school).filter(name=CLASS).select_related("school").first()
    teacher = StaffMember.objects.in_school(school).filter(name=TEACHER).first()
    if school_class is None or teacher is None or Fact.objects.in_school(school).exists():
        return
    by, then = teacher.actor(), now - LAST_THURSDAY
    for about, texts in FACTS.items():
        for language, text in texts.items():
            keep_fact(school_class, about, text, language=language, by=by, now=then)
    last = written(this_week(school_class, now=then), now=then)
    send(last, draft_for(last), by=by, now=then, press=f"week{last.row.key}")
    set_day(school, school_class, weekday=TUESDAY, hour=time(14), alone=False, by=by, now=then)
    get_ready(school, now=now)
