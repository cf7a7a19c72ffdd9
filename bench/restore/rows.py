"""A town's year: a million messages in a thousand threads, and what went out of each that the school wrote.

As a process of its own, as the application's role: `python -m bench.restore.rows <homes>` makes the people and prints
what is needed to write to them.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import django

A_HOME = 1000  # messages in a thread
TEXT = "She told us about the lighthouse at supper, and wants to go again. "

# PostgreSQL makes the rows itself. Every second message is the school's, the newest first.
MESSAGES = f"""
INSERT INTO conversations_message (school_id, key, thread_id, author, staff_id, text, language, kind, tier, channel,
    full_text, media, together, said_at)
SELECT %(school)s, substr(md5(thread.id || '-' || n), 1, 12), thread.id,
    CASE WHEN n %% 2 = 0 THEN 'guardian' ELSE 'staff' END, CASE WHEN n %% 2 = 1 THEN %(staff)s::bigint END,
    '{TEXT}' || n, 'en', '', 1, 'whatsapp', '', '[]', '', now() - n * interval '3 hours'
FROM conversations_thread AS thread, generate_series(1, %(each)s) AS n
"""
PARCELS = """
INSERT INTO delivery_parcel (school_id, key, guardian_id, service_kind, tier, urgency, urgent_reason, language, subject,
    text, sender_name, page_path, is_original, created_at)
SELECT message.school_id, message.key, thread.guardian_id, '', 1, 'ordinary', '', 'en', '', message.text, 'Ms Amal', '',
    false, message.said_at
FROM conversations_message AS message JOIN conversations_thread AS thread ON thread.id = thread_id
WHERE author = 'staff'
"""
ABOUT = """
INSERT INTO delivery_parcelstudent (school_id, parcel_id, student_id)
SELECT parcel.school_id, parcel.id, thread.student_id
FROM delivery_parcel AS parcel JOIN conversations_thread AS thread ON thread.guardian_id = parcel.guardian_id
"""
DELIVERIES = """
INSERT INTO delivery_delivery (school_id, parcel_id, contact_point_id, address_id, account_id, channel, "to",
    to_is_user_id, reference, priority, body, is_personal, status, stopped, due_at, epoch, tries, attempts, copies,
    provider_id, code, advice, detail, created_at, sent_at, status_at)
SELECT parcel.school_id, parcel.id, point.id, address.id, %(account)s, 'whatsapp', address.value, false,
    md5(parcel.key)::char(26), 1, jsonb_build_object('text', parcel.text), true, 3, '', parcel.created_at, 1, 1,
    jsonb_build_array(jsonb_build_object('at', parcel.created_at, 'epoch', 1, 'ms', 80)), 0,
    'wamid.' || md5('provider' || parcel.key), '', '', '', parcel.created_at, parcel.created_at, parcel.created_at
FROM delivery_parcel AS parcel
JOIN families_contactpoint AS point ON point.guardian_id = parcel.guardian_id
JOIN families_address AS address ON address.id = point.address_id
"""
MESSAGES_OF_A_FILE = f"""
INSERT INTO conversations_message (school_id, key, thread_id, author, staff_id, text, language, kind, tier, channel,
    full_text, media, together, said_at)
WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :each)
SELECT :school, printf('%06x%06x', thread.id, n), thread.id,
    CASE WHEN n % 2 = 0 THEN 'guardian' ELSE 'staff' END, CASE WHEN n % 2 = 1 THEN :staff END,
    '{TEXT}' || n, 'en', '', 1, 'whatsapp', '', '[]', '',
    strftime('%Y-%m-%d %H:%M:%f', 'now', '-' || (n * 3) || ' hours')
FROM conversations_thread AS thread, numbers
"""
ALL = (MESSAGES, PARCELS, ABOUT, DELIVERIES)


def people(homes: int) -> dict[str, Any]:
    """A school, a teacher, so many homes with a thread each, and an account that carries what is written to them."""
    from bench.delivery.stage import open_whatsapp
    from bench.pages.stage import fill
    from porchlight.accounts.models import User
    from porchlight.schools.actors import Role
    from porchlight.schools.models import School, StaffMember, StaffRole
    from porchlight.schools.wall import school_context

    told: dict[str, Any] = fill(homes)
    school = School.objects.get(pk=told["school"])
    with school_context(school):
        for role in (Role.OFFICE, Role.SAFEGUARDING):  # the doctor misses them otherwise
            staff = StaffMember.objects.create(
                school=school, user=User.objects.create_user(), name=f"{role} staff"
            )
            StaffRole.objects.create(school=school, staff=staff, role=role)
        told["account"] = open_whatsapp(school, "http://127.0.0.1:9").pk
    return told


if __name__ == "__main__":
    django.setup()
    print(json.dumps(people(int(sys.argv[1]))))
