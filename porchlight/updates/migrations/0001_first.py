import datetime
import django.db.models.deletion
import porchlight.toolbox.keys
import porchlight.toolbox.school_time
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("conversations", "0014_times_voice_notes_and_signatures"),
        ("files", "0002_clean_files"),
        ("schools", "0004_closed_schools"),
    ]

    operations = [
        migrations.CreateModel(
            name="Fact",
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
                    "about",
                    models.CharField(
                        choices=[
                            ("learns", "What we learn this term"),
                            ("works", "How school works"),
                            ("whom", "Whom to ask"),
                        ],
                        max_length=10,
                    ),
                ),
                ("since", models.DateField()),
                ("text", models.TextField()),
                ("language", models.CharField(max_length=20)),
                ("written_at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
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
                        related_name="facts",
                        to="schools.schoolclass",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="schools.staffmember",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("school_class", "about", "since"), name="fact_once_a_term"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FactReading",
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
                ("language", models.CharField(max_length=20)),
                ("words", models.CharField(max_length=64)),
                ("read_at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile"
                    ),
                ),
                (
                    "read_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="schools.staffmember",
                    ),
                ),
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
                        related_name="+",
                        to="schools.schoolclass",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("school_class", "language"), name="fact_reading_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="FactVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=20)),
                ("text", models.TextField()),
                ("by", models.CharField(max_length=200)),
                (
                    "fact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="updates.fact",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="schools.school"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("fact", "language"), name="fact_version_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Newsletter",
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
                ("month", models.DateField()),
                ("text", models.TextField(blank=True)),
                ("language", models.CharField(max_length=20)),
                ("versions", models.JSONField(default=dict)),
                (
                    "notice",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="newsletter",
                        to="conversations.notice",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="schools.school"
                    ),
                ),
                (
                    "written_by",
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
                    models.UniqueConstraint(fields=("school", "month"), name="newsletter_once_a_month")
                ],
            },
        ),
        migrations.CreateModel(
            name="Tonight",
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
                ("week", models.DateField()),
                ("shipped", models.CharField(blank=True, max_length=40)),
                ("text", models.CharField(blank=True, max_length=300)),
                ("language", models.CharField(max_length=20)),
                (
                    "chosen_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="schools.staffmember",
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="conversations.notice",
                    ),
                ),
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
                        related_name="tonights",
                        to="schools.schoolclass",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("school_class", "week"), name="tonight_once_a_week"),
                    models.CheckConstraint(
                        condition=models.Q(("shipped", ""), ("text", ""), _negated=True),
                        name="tonight_asks_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UpdateDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("weekday", models.PositiveSmallIntegerField(default=3)),
                ("hour", models.TimeField(default=datetime.time(14, 0))),
                ("alone_since", models.DateTimeField(blank=True, null=True)),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="schools.school"
                    ),
                ),
                (
                    "school_class",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="update_day",
                        to="schools.schoolclass",
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="schools.staffmember",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("school_class", None)),
                        fields=("school",),
                        name="update_day_of_the_school_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("weekday__lte", 6)), name="update_day_is_a_day"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClassWeek",
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
                ("week", models.DateField()),
                ("text", models.TextField(blank=True)),
                ("ready_at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                ("left_out_at", models.DateTimeField(blank=True, null=True)),
                ("lent_at", models.DateTimeField(blank=True, null=True)),
                (
                    "left_out_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="schools.staffmember",
                    ),
                ),
                (
                    "lent_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="schools.staffmember",
                    ),
                ),
                (
                    "notice",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="class_week",
                        to="conversations.notice",
                    ),
                ),
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
                        related_name="weeks",
                        to="schools.schoolclass",
                    ),
                ),
                (
                    "written_by",
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
                    models.UniqueConstraint(fields=("school_class", "week"), name="class_week_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("left_out_at", None), ("left_out_by", None)),
                            models.Q(("left_out_at__isnull", False), ("left_out_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="class_week_left_out_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lent_at", None), ("lent_by", None)),
                            models.Q(("lent_at__isnull", False), ("lent_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="class_week_lent_by_somebody",
                    ),
                ],
            },
        ),
    ]
