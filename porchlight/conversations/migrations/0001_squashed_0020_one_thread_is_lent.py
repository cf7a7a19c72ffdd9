import datetime
import django.db.models.deletion
import porchlight.schools.tiers
import porchlight.toolbox.keys
import porchlight.toolbox.school_time
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("conversations", "0001_initial"),
        ("conversations", "0002_calls_taken_back_and_cards_guessed"),
        ("conversations", "0003_enclosed"),
        ("conversations", "0004_they_say_their_number_changed"),
        ("conversations", "0005_an_adult_is_named"),
        ("conversations", "0006_what_a_desk_looks_for"),
        ("conversations", "0007_translations"),
        ("conversations", "0008_telegram"),
        ("conversations", "0009_letters"),
        ("conversations", "0010_a_dose"),
        ("conversations", "0011_automatic_calls"),
        ("conversations", "0012_own_words_said_differently"),
        ("conversations", "0013_notes_on_a_screen"),
        ("conversations", "0014_times_voice_notes_and_signatures"),
        ("conversations", "0015_read_out_and_films"),
        ("conversations", "0016_promises_mornings_and_stand_ins"),
        ("conversations", "0017_guessed_letters"),
        ("conversations", "0018_parents_verdicts"),
        ("conversations", "0019_texts_and_phrases_read_over"),
        ("conversations", "0020_one_thread_is_lent"),
    ]

    initial = True

    dependencies = [
        ("delivery", "0001_squashed_0008_recordings"),
        ("families", "0001_squashed_0008_the_islamic_day_of_a_home"),
        ("files", "0001_squashed_0002_clean_files"),
        ("languages", "0001_squashed_0007_own_phrases"),
        ("schools", "0001_squashed_0008_own_phrases"),
    ]

    operations = [
        migrations.CreateModel(
            name="Delegation",
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
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("mother", "mother"),
                            ("father", "father"),
                            ("parent", "parent"),
                            ("stepparent", "step-parent"),
                            ("grandparent", "grandparent"),
                            ("aunt_uncle", "aunt or uncle"),
                            ("sibling", "brother or sister"),
                            ("foster", "foster carer"),
                            ("guardian", "guardian"),
                            ("other", "carer"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("whatsapp", "Whatsapp"),
                            ("sms", "Sms"),
                            ("telegram", "Telegram"),
                            ("push", "Push"),
                            ("email", "Email"),
                            ("call", "Call"),
                            ("voice", "Voice"),
                            ("paper", "Paper"),
                        ],
                        max_length=20,
                    ),
                ),
                ("value", models.CharField(max_length=254)),
                ("reads", models.CharField(max_length=20)),
                ("until", models.DateField(blank=True, null=True)),
                ("asked_at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                ("words", models.CharField(blank=True, max_length=300)),
                ("needs_office", models.BooleanField(default=False)),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("invited_at", models.DateTimeField(blank=True, null=True)),
                ("agreed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "agreed_how",
                    models.CharField(
                        blank=True, choices=[("reply", "Reply"), ("office", "Office")], max_length=10
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ended_by",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("namer", "Namer"),
                            ("adult", "Adult"),
                            ("office", "Office"),
                            ("time", "Time"),
                        ],
                        max_length=10,
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=300)),
                (
                    "adult",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="named_in",
                        to="families.guardian",
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
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="schools.staffmember",
                    ),
                ),
                (
                    "named_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="delegations",
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
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_at", None), ("confirmed_by", None)),
                            models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="delegation_confirmed_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agreed_at", None), ("agreed_how", "")),
                            models.Q(
                                ("agreed_at__isnull", False), models.Q(("agreed_how", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="delegation_agreed_somehow",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("needs_office", False),
                            ("confirmed_at__isnull", False),
                            ("agreed_at", None),
                            _connector="OR",
                        ),
                        name="delegation_looked_at_first",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", "")),
                            models.Q(("ended_at__isnull", False), models.Q(("ended_by", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="delegation_ended_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DelegatedChild",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="delegated",
                        to="families.student",
                    ),
                ),
                (
                    "tie",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="delegated",
                        to="families.guardianship",
                    ),
                ),
                (
                    "delegation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="about",
                        to="conversations.delegation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("delegation", "student"), name="delegated_child_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="FilmLimit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seconds", models.PositiveSmallIntegerField()),
                ("kilobytes", models.PositiveIntegerField()),
                ("set_at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
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
                "constraints": [models.UniqueConstraint(fields=("school",), name="film_limit_once")],
            },
        ),
        migrations.CreateModel(
            name="Mark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("set_at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
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
                        related_name="+",
                        to="schools.staffmember",
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="families.student"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("staff", "student"),
                        name="mark_once_a_colleague",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Message",
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
                    "author",
                    models.CharField(
                        choices=[
                            ("staff", "Staff"),
                            ("guardian", "Guardian"),
                            ("student", "Student"),
                            ("school", "School"),
                        ],
                        max_length=10,
                    ),
                ),
                ("text", models.TextField()),
                ("language", models.CharField(max_length=20)),
                ("kind", models.CharField(blank=True, max_length=20)),
                ("tier", models.PositiveSmallIntegerField(default=porchlight.schools.tiers.Tier["L1"])),
                (
                    "channel",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("whatsapp", "Whatsapp"),
                            ("sms", "Sms"),
                            ("telegram", "Telegram"),
                            ("push", "Push"),
                            ("email", "Email"),
                            ("call", "Call"),
                            ("voice", "Voice"),
                            ("paper", "Paper"),
                        ],
                        max_length=20,
                    ),
                ),
                ("full_text", models.TextField(blank=True)),
                ("media", models.JSONField(default=list)),
                ("together", models.CharField(blank=True, max_length=12)),
                ("said_at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "enclosed",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                    ),
                ),
                (
                    "inbound",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="messages",
                        to="delivery.inboundevent",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="schools.school"
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="schools.staffmember",
                    ),
                ),
                (
                    "sound",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                    ),
                ),
                (
                    "staff",
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
                "ordering": ["said_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("author", "staff"), ("staff__isnull", False)),
                            models.Q(("author", "staff"), _negated=True),
                            _connector="OR",
                        ),
                        name="staff_message_names_its_author",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Listening",
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
                ("asked_at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                ("heard_at", models.DateTimeField(blank=True, null=True)),
                ("text", models.TextField(blank=True)),
                ("text_language", models.CharField(blank=True, max_length=20)),
                (
                    "heard_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
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
                    "message",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="listening",
                        to="conversations.message",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("heard_at", None), ("heard_by", None), ("text", "")),
                            models.Q(
                                ("heard_at__isnull", False),
                                ("heard_by__isnull", False),
                                models.Q(("text", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="listening_heard_by_someone",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Gathered",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("goes_at", models.DateTimeField()),
                ("gone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="schools.school"
                    ),
                ),
                (
                    "message",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="gathered",
                        to="conversations.message",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("gone_at", None)),
                        fields=["school", "goes_at"],
                        name="gathered_waiting",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Awaiting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                ("not_before", models.DateTimeField(blank=True, null=True)),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="schools.school"
                    ),
                ),
                (
                    "message",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="awaiting",
                        to="conversations.message",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Ask",
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
                    "shape",
                    models.CharField(
                        choices=[
                            ("acknowledge", "Acknowledge"),
                            ("yes_no", "Yes No"),
                            ("choose_one", "Choose One"),
                            ("choose_several", "Choose Several"),
                            ("short_text", "Short Text"),
                            ("number", "Number"),
                            ("choose_time", "Choose Time"),
                            ("voice_note", "Voice Note"),
                            ("sign", "Sign"),
                        ],
                        max_length=20,
                    ),
                ),
                ("options", models.JSONField(default=list)),
                (
                    "answer_from",
                    models.CharField(
                        choices=[("household", "Household"), ("each_guardian", "Each Guardian")],
                        default="household",
                        max_length=20,
                    ),
                ),
                ("owner", models.CharField(blank=True, max_length=60)),
                ("code", models.CharField(max_length=6)),
                ("closes_at", models.DateTimeField(blank=True, null=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="schools.school"
                    ),
                ),
                (
                    "message",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ask",
                        to="conversations.message",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Answer",
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
                ("keys", models.JSONField(default=list)),
                ("number", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                ("text", models.TextField(blank=True)),
                (
                    "channel",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("whatsapp", "Whatsapp"),
                            ("sms", "Sms"),
                            ("telegram", "Telegram"),
                            ("push", "Push"),
                            ("email", "Email"),
                            ("call", "Call"),
                            ("voice", "Voice"),
                            ("paper", "Paper"),
                        ],
                        max_length=20,
                    ),
                ),
                ("at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                ("accepted", models.BooleanField(default=True)),
                ("refusal", models.CharField(blank=True, max_length=200)),
                (
                    "inbound",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="answers",
                        to="delivery.inboundevent",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="schools.school"
                    ),
                ),
                (
                    "typed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="schools.staffmember",
                    ),
                ),
                (
                    "ask",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="conversations.ask",
                    ),
                ),
                (
                    "spoken",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="conversations.message",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MessageParcel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parcels",
                        to="conversations.message",
                    ),
                ),
                (
                    "parcel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="delivery.parcel",
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
                    models.UniqueConstraint(fields=("message", "parcel"), name="message_parcel_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
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
                            ("good_news", "Good News"),
                            ("information", "Information"),
                            ("question", "Question"),
                            ("worry", "Worry"),
                            ("safety", "Safety"),
                            ("consent", "Consent"),
                        ],
                        default="information",
                        max_length=20,
                    ),
                ),
                ("subject", models.CharField(blank=True, max_length=120)),
                ("text", models.TextField()),
                ("language", models.CharField(max_length=20)),
                ("tier", models.PositiveSmallIntegerField(default=porchlight.schools.tiers.Tier["L1"])),
                ("audience", models.JSONField()),
                ("urgent_reason", models.CharField(blank=True, max_length=300)),
                ("goes_at", models.DateTimeField()),
                ("needs_approval", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                ("released_at", models.DateTimeField(blank=True, null=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                ("stopped_at", models.DateTimeField(blank=True, null=True)),
                ("closes_on", models.DateField(blank=True, null=True)),
                ("press", models.CharField(blank=True, max_length=32)),
                ("excluded", models.JSONField(default=list)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="schools.staffmember",
                    ),
                ),
                (
                    "closure",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="schools.closure",
                    ),
                ),
                (
                    "enclosed",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="schools.school"
                    ),
                ),
                (
                    "sorry_for",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="apology",
                        to="conversations.notice",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("press", ""), _negated=True),
                        fields=("school", "press"),
                        name="notice_once_a_press",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sent_at", None), ("released_at__isnull", False), _connector="OR"
                        ),
                        name="notice_sent_after_release",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="message",
            name="notice",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="messages",
                to="conversations.notice",
            ),
        ),
        migrations.CreateModel(
            name="Check",
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
                ("target", models.CharField(max_length=20)),
                ("language", models.CharField(max_length=20)),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("matters", "It waits: much hangs on these words"),
                            ("doubt_of_home", "A family doubts it"),
                            ("doubt_of_staff", "A colleague doubts it"),
                            ("own_word", "A word of the school’s own is said differently"),
                            ("letters", "Many of its words could only be spelled by their letters"),
                            ("not_right", "A number or a name went wrong: homes got the original"),
                        ],
                        max_length=20,
                    ),
                ),
                ("asked_at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("mended", models.BooleanField(default=False)),
                ("told_at", models.DateTimeField(blank=True, null=True)),
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
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="schools.school"
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="checks",
                        to="conversations.message",
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="checks",
                        to="conversations.notice",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("message__isnull", False), ("notice", None)),
                            models.Q(("message", None), ("notice__isnull", False)),
                            _connector="OR",
                        ),
                        name="check_of_one",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("done_at", None)),
                        fields=("notice", "target"),
                        name="check_notice_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("done_at", None)),
                        fields=("message", "target"),
                        name="check_message_once",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="ask",
            name="notice",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="ask",
                to="conversations.notice",
            ),
        ),
        migrations.CreateModel(
            name="Approval",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                (
                    "by",
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
                    "notice",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="approval",
                        to="conversations.notice",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AnswerForAll",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("mended", models.BooleanField()),
                ("at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="schools.school"
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers_for_all",
                        to="conversations.message",
                    ),
                ),
                (
                    "notice",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answer_for_all",
                        to="conversations.notice",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="NoticeVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=20)),
                ("text", models.TextField()),
                ("provenance", models.CharField(max_length=40)),
                ("by", models.CharField(blank=True, max_length=200)),
                ("checked_by", models.CharField(blank=True, max_length=200)),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="conversations.notice",
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
                    models.UniqueConstraint(fields=("notice", "language"), name="notice_version_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="PromiseKept",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateTimeField()),
                ("counted_at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                ("kept", models.PositiveIntegerField()),
                ("asked", models.PositiveIntegerField()),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="schools.school"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("school",), name="promise_kept_once"),
                    models.CheckConstraint(
                        condition=models.Q(("kept__lte", models.F("asked"))), name="promise_kept_of_asked"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReadAloud",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile"
                    ),
                ),
                (
                    "message",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="read_aloud",
                        to="conversations.message",
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
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Rendering",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField()),
                ("language", models.CharField(max_length=20)),
                ("provenance", models.CharField(max_length=40)),
                ("by", models.CharField(blank=True, max_length=200)),
                ("checked_by", models.CharField(blank=True, max_length=200)),
                (
                    "message",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rendering",
                        to="conversations.message",
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
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Seen",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="seen",
                        to="conversations.message",
                    ),
                ),
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
                        related_name="+",
                        to="schools.staffmember",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("message", "staff"), name="seen_once")],
            },
        ),
        migrations.CreateModel(
            name="Sharing",
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
                ("given_at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                ("source", models.CharField(choices=[("own", "Own"), ("office", "Office")], max_length=10)),
                ("words", models.CharField(blank=True, max_length=300)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "recorded_by",
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
                            ("source", "own"), models.Q(("words", ""), _negated=True), _connector="OR"
                        ),
                        name="sharing_says_how_the_office_knows",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SharingWith",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "guardian",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="families.guardian"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="schools.school"
                    ),
                ),
                (
                    "sharing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="covers",
                        to="conversations.sharing",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("sharing", "guardian"), name="sharing_covers_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Template",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("good_news", "Good News"),
                            ("information", "Information"),
                            ("question", "Question"),
                            ("worry", "Worry"),
                            ("safety", "Safety"),
                            ("consent", "Consent"),
                        ],
                        default="information",
                        max_length=20,
                    ),
                ),
                ("created_at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
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
                    models.UniqueConstraint(fields=("school", "name"), name="template_name_once")
                ],
            },
        ),
        migrations.AddField(
            model_name="notice",
            name="template",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="notices",
                to="conversations.template",
            ),
        ),
        migrations.CreateModel(
            name="TemplateVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=20)),
                ("text", models.TextField()),
                ("updated_at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                ("checked_name", models.CharField(blank=True, max_length=200)),
                ("checked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
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
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="conversations.template",
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
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("checked_at", None), ("checked_by", None), ("checked_name", "")),
                            models.Q(
                                ("checked_at__isnull", False),
                                ("checked_by__isnull", False),
                                ("checked_name", ""),
                            ),
                            models.Q(
                                ("checked_at__isnull", False),
                                ("checked_by", None),
                                models.Q(("checked_name", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="template_version_checked_by_someone",
                    ),
                    models.UniqueConstraint(fields=("template", "language"), name="template_version_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ParentVerdict",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("phrase", models.CharField(blank=True, max_length=60)),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("good", "Good as it is"),
                            ("better", "Better so"),
                            ("cannot", "I cannot say"),
                        ],
                        max_length=10,
                    ),
                ),
                ("before", models.TextField(blank=True)),
                ("after", models.TextField(blank=True)),
                ("at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                (
                    "check_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="of_parents",
                        to="conversations.check",
                    ),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="verdicts",
                        to="languages.parentreader",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="schools.school"
                    ),
                ),
                (
                    "term",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="of_parents",
                        to="languages.term",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="of_parents",
                        to="conversations.templateversion",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("check_of", None), ("phrase", ""), ("term__isnull", False), ("version", None)
                            ),
                            models.Q(
                                ("check_of__isnull", False), ("phrase", ""), ("term", None), ("version", None)
                            ),
                            models.Q(
                                ("check_of", None), ("phrase", ""), ("term", None), ("version__isnull", False)
                            ),
                            models.Q(
                                ("check_of", None),
                                ("term", None),
                                ("version", None),
                                models.Q(("phrase", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="parent_verdict_of_one",
                    ),
                    models.UniqueConstraint(fields=("reader", "check_of"), name="parent_verdict_check_once"),
                    models.UniqueConstraint(fields=("reader", "term"), name="parent_verdict_term_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("phrase", ""), _negated=True),
                        fields=("reader", "phrase"),
                        name="parent_verdict_phrase_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Thread",
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
                ("created_at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                (
                    "guardian",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="threads",
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="threads",
                        to="families.student",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("guardian", "student"), name="thread_once")],
            },
        ),
        migrations.CreateModel(
            name="StandIn",
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
                ("lends", models.BooleanField(default=False)),
                ("until", models.DateField()),
                ("handed_at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "handed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
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
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="schools.staffmember",
                    ),
                ),
                (
                    "thread",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stand_ins",
                        to="conversations.thread",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)), fields=("thread",), name="thread_handed_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Signature",
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
                ("words", models.TextField()),
                ("language", models.CharField(max_length=20)),
                ("version", models.CharField(max_length=64)),
                ("name", models.CharField(blank=True, max_length=120)),
                (
                    "channel",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("whatsapp", "Whatsapp"),
                            ("sms", "Sms"),
                            ("telegram", "Telegram"),
                            ("push", "Push"),
                            ("email", "Email"),
                            ("call", "Call"),
                            ("voice", "Voice"),
                            ("paper", "Paper"),
                        ],
                        max_length=20,
                    ),
                ),
                ("signed_at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="signature",
                        to="conversations.answer",
                    ),
                ),
                (
                    "ask",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="signatures",
                        to="conversations.ask",
                    ),
                ),
                (
                    "recording",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="conversations.message",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="schools.school"
                    ),
                ),
                (
                    "witness",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="schools.staffmember",
                    ),
                ),
                (
                    "thread",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="signatures",
                        to="conversations.thread",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("ask", "thread"),
                        name="signed_once_at_a_time",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="sharing",
            name="thread",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="sharings",
                to="conversations.thread",
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="thread",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="messages",
                to="conversations.thread",
            ),
        ),
        migrations.AddField(
            model_name="answer",
            name="thread",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="conversations.thread"
            ),
        ),
        migrations.CreateModel(
            name="TriageItem",
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
                    "reason",
                    models.CharField(
                        choices=[
                            ("unknown_sender", "A number we do not know"),
                            ("shared_number", "Several people share this number"),
                            ("not_about_a_child", "We know them, but no child of theirs is here"),
                            ("no_contact", "A restriction stands in between"),
                            ("missed_call", "Missed call: please ring back"),
                            ("not_me", "They say we have the wrong number"),
                            ("asks_for_call", "They ask for a call"),
                            ("stop_or_answer", "Taken as STOP. Did they mean our question?"),
                            ("by_slip", "A number given with the code of a slip"),
                            ("which_child", "We asked which child, and no answer came"),
                            ("may_be_missing", "Read this first: a child may be missing"),
                            ("no_listener", "A voice note in a language nobody here is listed for"),
                            ("absence_unclear", "A child may be away. We could not read when"),
                            ("number_changed", "They say their number has changed"),
                            ("named_answered", "They were named by a family, and answered"),
                            ("cards_guessed", "Somebody may be guessing the numbers on cards"),
                        ],
                        max_length=30,
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("whatsapp", "Whatsapp"),
                            ("sms", "Sms"),
                            ("telegram", "Telegram"),
                            ("push", "Push"),
                            ("email", "Email"),
                            ("call", "Call"),
                            ("voice", "Voice"),
                            ("paper", "Paper"),
                        ],
                        max_length=20,
                    ),
                ),
                ("sender", models.CharField(max_length=254)),
                ("sender_name", models.CharField(blank=True, max_length=200)),
                ("text", models.TextField(blank=True)),
                ("full_text", models.TextField(blank=True)),
                ("media", models.JSONField(default=list)),
                ("heard_at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                ("resolved_at", models.DateTimeField(blank=True, null=True)),
                ("outcome", models.CharField(blank=True, max_length=300)),
                (
                    "address",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="families.address",
                    ),
                ),
                (
                    "inbound",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="triage",
                        to="delivery.inboundevent",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="conversations.message",
                    ),
                ),
                (
                    "resolved_by",
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
                (
                    "slip_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="families.guardianship",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Ringing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "came_of",
                    models.CharField(
                        choices=[
                            ("sent", "Sent"),
                            ("printed", "Printed"),
                            ("handed_out", "Handed Out"),
                            ("came_back", "Came Back"),
                            ("reached", "Reached"),
                            ("no_answer", "No Answer"),
                            ("wrong_number", "Wrong Number"),
                            ("call_again", "Call Again"),
                        ],
                        max_length=20,
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=300)),
                ("again_at", models.DateTimeField(blank=True, null=True)),
                ("at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
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
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ringings",
                        to="conversations.triageitem",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Trouble",
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
                            ("lane_held", "Lane Held"),
                            ("template_held", "Template Held"),
                            ("address_bad", "Address Bad"),
                            ("address_demoted", "Address Demoted"),
                        ],
                        max_length=20,
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=600)),
                ("about", models.CharField(max_length=640)),
                ("why", models.CharField(blank=True, max_length=300)),
                ("since", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                (
                    "account",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="delivery.account",
                    ),
                ),
                (
                    "address",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="families.address",
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
                    models.UniqueConstraint(fields=("school", "kind", "about"), name="trouble_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Unchecked",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=300)),
                ("at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="schools.staffmember",
                    ),
                ),
                (
                    "message",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="unchecked",
                        to="conversations.message",
                    ),
                ),
                (
                    "notice",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="unchecked",
                        to="conversations.notice",
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
                            models.Q(("message__isnull", False), ("notice", None)),
                            models.Q(("message", None), ("notice__isnull", False)),
                            _connector="OR",
                        ),
                        name="unchecked_of_one",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Unreached",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=30)),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="unreached",
                        to="conversations.message",
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
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="WhichChild",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("choices", models.JSONField()),
                ("text", models.TextField()),
                ("full_text", models.TextField(blank=True)),
                ("media", models.JSONField(default=list)),
                ("heard_at", models.DateTimeField()),
                ("asked_at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                ("placed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "address",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="families.address"
                    ),
                ),
                (
                    "inbound",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="questions",
                        to="delivery.inboundevent",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="schools.school"
                    ),
                ),
                (
                    "triage",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="questions",
                        to="conversations.triageitem",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Worry",
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
                ("words", models.TextField(blank=True)),
                ("raised_at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                ("seen_at", models.DateTimeField(blank=True, null=True)),
                ("outcome", models.TextField(blank=True)),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="worries",
                        to="conversations.message",
                    ),
                ),
                (
                    "raised_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
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
                    "seen_by",
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
                "verbose_name_plural": "worries",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("seen_at", None), ("seen_by", None)),
                            models.Q(("seen_at__isnull", False), ("seen_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="worry_seen_by_someone",
                    ),
                    models.UniqueConstraint(fields=("message", "raised_by"), name="worry_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("raised_by", None)),
                        fields=("message",),
                        name="worry_raised_by_porchlight_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChosenDose",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("most", models.PositiveSmallIntegerField(default=3)),
                ("hour", models.TimeField(default=datetime.time(17, 0))),
                ("weekday", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("chosen_at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                (
                    "guardian",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="dose",
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
                    models.CheckConstraint(
                        condition=models.Q(("most__gte", 1), ("most__lte", 7)), name="dose_of_a_week"
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="ask",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("message__isnull", False), ("notice", None)),
                    models.Q(("message", None), ("notice__isnull", False)),
                    _connector="OR",
                ),
                name="ask_travels_with_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="sharing",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)), fields=("thread",), name="sharing_given_once"
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["school", "thread", "said_at"], name="conversatio_school__b8599f_idx"),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(
                    ("author__in", ("guardian", "student")), ("settled_at", None), ("undone_at", None)
                ),
                fields=["thread", "said_at"],
                name="message_unsettled",
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("author", "staff"), ("notice", None), ("undone_at", None)),
                fields=["thread", "said_at"],
                name="message_replies",
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("author", "staff"), ("kind", "good_news"), ("undone_at", None)),
                fields=["thread", "said_at"],
                name="message_good_news",
            ),
        ),
        migrations.AddIndex(
            model_name="answer",
            index=models.Index(fields=["thread", "at"], name="answer_by_thread"),
        ),
    ]
