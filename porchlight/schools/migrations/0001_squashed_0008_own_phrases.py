import datetime
import django.db.models.deletion
import porchlight.schools.models.school
import porchlight.toolbox.keys
import porchlight.toolbox.school_time
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("schools", "0001_initial"),
        ("schools", "0002_keys_and_operators"),
        ("schools", "0003_resting_posts"),
        ("schools", "0004_closed_schools"),
        ("schools", "0005_whose_law"),
        ("schools", "0006_reading_hours_and_cover"),
        ("schools", "0007_the_islamic_day"),
        ("schools", "0008_own_phrases"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_squashed_0003_tokens_past_their_time"),
    ]

    operations = [
        migrations.CreateModel(
            name="School",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "slug",
                    models.SlugField(
                        max_length=60, unique=True, validators=[porchlight.schools.models.school.not_reserved]
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                (
                    "timezone",
                    models.CharField(
                        default="UTC", max_length=60, validators=[porchlight.schools.models.school.known_zone]
                    ),
                ),
                ("language", models.CharField(default="en", max_length=20)),
                ("country", models.CharField(default="GB", max_length=2)),
                ("law", models.CharField(blank=True, max_length=12)),
                ("phone", models.CharField(blank=True, max_length=32)),
                ("text_costs", models.CharField(blank=True, max_length=20)),
                ("emergency_numbers", models.CharField(blank=True, max_length=120)),
                ("out_of_hours_words", models.TextField(blank=True)),
                ("weekdays", models.JSONField(blank=True, default=list)),
                ("opens_at", models.TimeField(default=datetime.time(8, 0))),
                ("closes_at", models.TimeField(default=datetime.time(16, 0))),
                ("reads_from", models.TimeField(default=datetime.time(8, 0))),
                ("reads_until", models.TimeField(default=datetime.time(17, 0))),
                ("shows_promise_kept", models.BooleanField(default=False)),
                ("quiet_from", models.TimeField(default=datetime.time(20, 0))),
                ("quiet_until", models.TimeField(default=datetime.time(7, 0))),
                ("light_window", models.PositiveSmallIntegerField(default=42)),
                ("answer_within", models.PositiveSmallIntegerField(default=1)),
                ("most_removed", models.PositiveSmallIntegerField(default=5)),
                ("hijri_days", models.SmallIntegerField(blank=True, null=True)),
                ("own_phrases", models.JSONField(blank=True, default=dict)),
                ("created_at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="SchoolClass",
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
                ("name", models.CharField(max_length=100)),
                ("year", models.CharField(blank=True, max_length=40)),
                ("source_id", models.CharField(blank=True, max_length=255)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="schools.school"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "school classes",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("source_id", ""), _negated=True),
                        fields=("school", "source_id"),
                        name="class_source_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SchoolKey",
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
                ("wrapped", models.TextField()),
                ("made_at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="schools.school"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("retired_at", None)),
                        fields=("school",),
                        name="school_key_current_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StaffMember",
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
                ("name", models.CharField(max_length=200)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("source_id", models.CharField(blank=True, max_length=255)),
                ("created_at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                ("left_at", models.DateTimeField(blank=True, null=True)),
                ("rests_since", models.DateTimeField(blank=True, null=True)),
                ("let_in_at", models.DateTimeField(blank=True, null=True)),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="schools.school"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="staff_posts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("source_id", ""), _negated=True),
                        fields=("school", "source_id"),
                        name="staff_source_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReadingHours",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("weekdays", models.JSONField(default=list)),
                ("reads_from", models.TimeField()),
                ("reads_until", models.TimeField()),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="schools.school"
                    ),
                ),
                (
                    "staff",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reading_hours",
                        to="schools.staffmember",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reads_until__gt", models.F("reads_from"))),
                        name="reading_ends_after_start",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OperatorGrant",
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
                ("why", models.CharField(max_length=300)),
                ("asked_at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                ("ends_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "operator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="schools.school"
                    ),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="schools.staffmember",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved_at", None), ("approved_by", None), ("ends_at", None)),
                            models.Q(
                                ("approved_at__isnull", False),
                                ("approved_by__isnull", False),
                                ("ends_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="operator_grant_approved_by_someone",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Away",
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
                ("since", models.DateField()),
                ("until", models.DateField()),
                ("said_at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="schools.school"
                    ),
                ),
                (
                    "colleague",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="covers",
                        to="schools.staffmember",
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="away",
                        to="schools.staffmember",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until__gte", models.F("since"))), name="away_ends_after_start"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("colleague", None),
                            models.Q(("colleague", models.F("staff")), _negated=True),
                            _connector="OR",
                        ),
                        name="away_covered_by_another",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)), fields=("staff",), name="away_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StaffRole",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("teacher", "teacher"),
                            ("office", "office"),
                            ("leader", "leader"),
                            ("safeguarding", "safeguarding"),
                            ("counsellor", "counsellor"),
                            ("liaison", "liaison"),
                            ("interpreter", "interpreter"),
                        ],
                        max_length=20,
                    ),
                ),
                ("is_deputy", models.BooleanField(default=False)),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="schools.school"
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="roles",
                        to="schools.staffmember",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("staff", "role"), name="staff_role_once")],
            },
        ),
        migrations.CreateModel(
            name="Teaching",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_lead", models.BooleanField(default=False)),
                ("since", models.DateField(blank=True, null=True)),
                ("until", models.DateField(blank=True, null=True)),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="schools.school"
                    ),
                ),
                (
                    "school_class",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="teachings",
                        to="schools.schoolclass",
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="teachings",
                        to="schools.staffmember",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)),
                        fields=("school_class", "staff"),
                        name="teaching_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Term",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("source_id", models.CharField(blank=True, max_length=255)),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="schools.school"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="term_ends_after_start",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LiveVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("topic", models.CharField(max_length=20)),
                ("number", models.PositiveBigIntegerField(default=0)),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="schools.school"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("school", "topic"), name="live_version_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Closure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="schools.school"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="closure_ends_after_start",
                    )
                ],
            },
        ),
    ]
