import django.db.models.deletion
import porchlight.toolbox.keys
import porchlight.toolbox.school_time
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("errands", "0001_initial"),
        ("errands", "0002_asked_in_person"),
        ("errands", "0003_a_call_is_recorded"),
        ("errands", "0004_tasks_of_meetings"),
    ]

    initial = True

    dependencies = [
        ("families", "0001_squashed_0008_the_islamic_day_of_a_home"),
        ("schools", "0001_squashed_0008_own_phrases"),
    ]

    operations = [
        migrations.CreateModel(
            name="Errand",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        default=porchlight.toolbox.keys.random_key, editable=False, max_length=12, unique=True
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("mend_address", "Mend Address"),
                            ("ring", "Ring"),
                            ("ask_in_person", "Ask In Person"),
                            ("write_home", "Write Home"),
                            ("look_at_worry", "Look At Worry"),
                            ("place_message", "Place Message"),
                            ("record", "Record"),
                            ("find_interpreter", "Find Interpreter"),
                            ("listen", "Listen"),
                            ("visit_overdue", "Visit Overdue"),
                            ("visit_help", "Visit Help"),
                            ("read_note", "Read Note"),
                            ("do", "Do"),
                        ],
                        max_length=20,
                    ),
                ),
                ("about", models.CharField(blank=True, max_length=60)),
                ("reason", models.CharField(blank=True, max_length=40)),
                ("due_at", models.DateTimeField()),
                ("created_at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("outcome", models.CharField(blank=True, max_length=300)),
                (
                    "assigned_to",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="errands",
                        to="schools.staffmember",
                    ),
                ),
                (
                    "done_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="schools.staffmember",
                    ),
                ),
                (
                    "guardian",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="errands",
                        to="families.guardian",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="schools.school"
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="errands",
                        to="families.student",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("done_at", None), models.Q(("about", ""), _negated=True)),
                        fields=("school", "kind", "about"),
                        name="errand_open_once",
                    )
                ],
            },
        ),
    ]
