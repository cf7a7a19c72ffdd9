import django.db.models.deletion
import porchlight.toolbox.keys
import porchlight.toolbox.school_time
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("languages", "0001_known_languages"),
        ("languages", "0002_engines_and_memory"),
        ("languages", "0003_hard_words_and_voices"),
        ("languages", "0004_spellings"),
        ("languages", "0005_parents_who_read"),
        ("languages", "0006_what_porchlight_says_read_over"),
        ("languages", "0007_own_phrases"),
    ]

    initial = True

    dependencies = [
        ("families", "0001_squashed_0008_the_islamic_day_of_a_home"),
        ("schools", "0001_squashed_0008_own_phrases"),
    ]

    operations = [
        migrations.CreateModel(
            name="EngineAccount",
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
                ("sealed_secrets", models.TextField(blank=True)),
                ("settings", models.JSONField(default=dict)),
                ("personal_since", models.DateTimeField(blank=True, null=True)),
                ("held_at", models.DateTimeField(blank=True, null=True)),
                ("held_code", models.CharField(blank=True, max_length=60)),
                ("held_reason", models.CharField(blank=True, max_length=300)),
                ("created_at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("engine", models.CharField(max_length=40)),
                ("rests_until", models.DateTimeField(blank=True, null=True)),
                ("letters", models.PositiveBigIntegerField(default=0)),
                ("test", models.JSONField(default=dict)),
                ("test_wanted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "personal_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
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
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("held_at", None), ("held_reason", "")),
                            models.Q(
                                ("held_at__isnull", False), models.Q(("held_reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="engine_held_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("personal_since__isnull", False), ("personal_by", None), _connector="OR"
                        ),
                        name="engine_personal_by_whom",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HardWord",
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
                ("written_at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                ("language", models.CharField(max_length=20)),
                ("words", models.CharField(max_length=80)),
                ("plain", models.CharField(max_length=120)),
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
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="schools.staffmember",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("school", "language", "words"), name="hard_word_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="KnownLanguage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=20)),
                ("checks", models.BooleanField(default=False)),
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
                        related_name="known_languages",
                        to="schools.staffmember",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("staff", "language"), name="known_language_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ParentReader",
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
                ("takes_notices", models.BooleanField(default=True)),
                ("takes_words", models.BooleanField(default=True)),
                ("takes_phrases", models.BooleanField(default=False)),
                ("is_named", models.BooleanField(default=False)),
                ("asked_at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                ("willing_at", models.DateTimeField(blank=True, null=True)),
                ("agreed_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ended_how",
                    models.CharField(
                        blank=True, choices=[("parent", "Parent"), ("office", "Office")], max_length=10
                    ),
                ),
                (
                    "agreed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="schools.staffmember",
                    ),
                ),
                (
                    "asked_by",
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reading_for_school",
                        to="families.guardian",
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
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("guardian", "language"),
                        name="parent_reader_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_how", "")),
                            models.Q(("ended_at__isnull", False), models.Q(("ended_how", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="parent_reader_ended_somehow",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OwnPhrase",
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
                ("phrase", models.CharField(max_length=60)),
                ("text", models.TextField()),
                ("stood", models.TextField()),
                ("taken_at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="schools.school"
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="schools.staffmember",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="schools.staffmember",
                    ),
                ),
                (
                    "said_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="languages.parentreader",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("school", "language", "phrase"),
                        name="own_phrase_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Sentence",
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
                ("source", models.CharField(max_length=20)),
                ("target", models.CharField(max_length=20)),
                ("fingerprint", models.CharField(max_length=64)),
                ("text", models.TextField()),
                ("translated", models.TextField(blank=True)),
                ("is_personal", models.BooleanField(default=False)),
                ("engine", models.CharField(blank=True, max_length=40)),
                ("checked_name", models.CharField(blank=True, max_length=200)),
                ("read_by_parent", models.BooleanField(default=False)),
                ("doubts", models.JSONField(default=list)),
                ("due_at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("trouble", models.CharField(blank=True, max_length=60)),
                ("made_at", models.DateTimeField(blank=True, null=True)),
                ("used_at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
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
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("made_at", None)),
                        fields=["school", "source", "target", "due_at"],
                        name="sentence_wanted",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("school", "source", "target", "fingerprint"), name="sentence_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("made_at", None), ("translated", "")),
                            models.Q(("made_at__isnull", False), models.Q(("translated", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="sentence_made_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Spelling",
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
                ("written_at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                ("language", models.CharField(max_length=20)),
                ("word", models.CharField(max_length=80)),
                ("latin", models.CharField(max_length=80)),
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
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="schools.staffmember",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("school", "language", "word"), name="spelling_once")
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
                (
                    "key",
                    models.CharField(
                        default=porchlight.toolbox.keys.random_key, editable=False, max_length=12, unique=True
                    ),
                ),
                ("written_at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                ("source", models.CharField(max_length=20)),
                ("target", models.CharField(blank=True, max_length=20)),
                ("words", models.CharField(max_length=80)),
                ("translation", models.CharField(blank=True, max_length=80)),
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
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="schools.staffmember",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("school", "source", "target", "words"), name="term_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("target", ""), _negated=True), ("translation", ""), _connector="OR"
                        ),
                        name="term_translated_into_a_language",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TrustedPair",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(max_length=20)),
                ("target", models.CharField(max_length=20)),
                ("set_at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pairs",
                        to="languages.engineaccount",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="schools.school"
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="schools.staffmember",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("school", "source", "target"), name="pair_trusted_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="VoiceAccount",
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
                ("sealed_secrets", models.TextField(blank=True)),
                ("settings", models.JSONField(default=dict)),
                ("personal_since", models.DateTimeField(blank=True, null=True)),
                ("held_at", models.DateTimeField(blank=True, null=True)),
                ("held_code", models.CharField(blank=True, max_length=60)),
                ("held_reason", models.CharField(blank=True, max_length=300)),
                ("created_at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("company", models.CharField(max_length=40)),
                ("voices", models.JSONField(default=dict)),
                (
                    "personal_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
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
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("held_at", None), ("held_reason", "")),
                            models.Q(
                                ("held_at__isnull", False), models.Q(("held_reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="voice_held_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("personal_since__isnull", False), ("personal_by", None), _connector="OR"
                        ),
                        name="voice_personal_by_whom",
                    ),
                ],
            },
        ),
    ]
