import django.db.models.deletion
import porchlight.schools.models.school
import porchlight.toolbox.keys
import porchlight.toolbox.school_time
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("families", "0001_initial"),
        ("families", "0002_restrictions_have_keys"),
        ("families", "0003_a_changed_number"),
        ("families", "0004_a_tie_may_be_lent"),
        ("families", "0005_telegram"),
        ("families", "0006_automatic_calls"),
        ("families", "0007_notes_on_a_screen"),
        ("families", "0008_the_islamic_day_of_a_home"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_squashed_0003_tokens_past_their_time"),
        ("schools", "0001_squashed_0008_own_phrases"),
    ]

    operations = [
        migrations.CreateModel(
            name="Address",
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
                ("value", models.CharField(blank=True, max_length=254)),
                ("user_id", models.CharField(blank=True, max_length=1000)),
                (
                    "state",
                    models.CharField(
                        choices=[("good", "Good"), ("notice_only", "Notice Only"), ("bad", "Bad")],
                        default="good",
                        max_length=20,
                    ),
                ),
                ("state_reason", models.CharField(blank=True, max_length=60)),
                ("opted_out_at", models.DateTimeField(blank=True, null=True)),
                ("window_until", models.DateTimeField(blank=True, null=True)),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="schools.school"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "addresses",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("value", ""), _negated=True),
                        fields=("school", "channel", "value"),
                        name="address_value_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("user_id", ""), _negated=True),
                        fields=("school", "channel", "user_id"),
                        name="address_user_id_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("user_id", ""), ("value", ""), _negated=True),
                        name="address_is_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConsentRound",
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
                ("given_on", models.DateField()),
                ("source", models.CharField(max_length=120)),
                ("classes", models.JSONField(default=list)),
                ("recorded_at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "recorded_by",
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
                    "undone_by",
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
                            models.Q(("undone_at", None), ("undone_by", None)),
                            models.Q(("undone_at__isnull", False), ("undone_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="consent_round_undone_by_somebody",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactPoint",
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
                ("rank", models.PositiveSmallIntegerField(default=1)),
                ("consented", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("on_trial", models.BooleanField(default=False)),
                ("unsafe_at", models.DateTimeField(blank=True, null=True)),
                ("unsafe_by_id", models.BigIntegerField(blank=True, null=True)),
                (
                    "address",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contact_points",
                        to="families.address",
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contact_points",
                        to="schools.staffmember",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("given", models.BooleanField()),
                ("source", models.CharField(max_length=40)),
                ("wording", models.TextField(blank=True)),
                ("recorded_by_id", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="schools.school"
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="families.consentround",
                    ),
                ),
                (
                    "contact_point",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="consents",
                        to="families.contactpoint",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Guardian",
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
                ("name", models.CharField(blank=True, max_length=200)),
                ("addressed_as", models.CharField(blank=True, max_length=200)),
                ("speaks", models.CharField(default="en", max_length=20)),
                ("reads", models.CharField(blank=True, max_length=20)),
                ("script", models.CharField(blank=True, max_length=4)),
                ("access_needs", models.JSONField(default=list)),
                (
                    "may_ring",
                    models.CharField(
                        choices=[
                            ("anyone", "Anyone"),
                            ("woman", "Woman"),
                            ("man", "Man"),
                            ("nobody", "Nobody"),
                        ],
                        default="anyone",
                        max_length=10,
                    ),
                ),
                ("ring_from", models.TimeField(blank=True, null=True)),
                ("ring_until", models.TimeField(blank=True, null=True)),
                (
                    "timezone",
                    models.CharField(
                        blank=True, max_length=60, validators=[porchlight.schools.models.school.known_zone]
                    ),
                ),
                (
                    "islamic_day",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "As the school does"),
                            ("shown", "Beside dates"),
                            ("hidden", "Not shown"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                ("source_id", models.CharField(blank=True, max_length=255)),
                ("left_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
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
                        related_name="guardian_posts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("source_id", ""), _negated=True),
                        fields=("school", "source_id"),
                        name="guardian_source_once",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="contactpoint",
            name="guardian",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="contact_points",
                to="families.guardian",
            ),
        ),
        migrations.CreateModel(
            name="ContactChange",
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
                ("is_user_id", models.BooleanField(default=False)),
                (
                    "came_by",
                    models.CharField(
                        choices=[
                            ("office", "written down at school"),
                            ("message", "a message from the family"),
                            ("roster", "the school’s list"),
                        ],
                        max_length=10,
                    ),
                ),
                ("asked_at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                ("with_care", models.BooleanField(default=False)),
                (
                    "how",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("in_person", "They stood before me, and I know them or saw their ID"),
                            ("by_slip", "A slip of paper that they handed over, or their child did"),
                            ("called_back", "I rang the number we knew before, and spoke to them"),
                        ],
                        max_length=20,
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=300)),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                ("told_at", models.DateTimeField(blank=True, null=True)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("refused_at", models.DateTimeField(blank=True, null=True)),
                ("why", models.CharField(blank=True, max_length=300)),
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
                    "refused_by",
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
                    "old",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="families.contactpoint",
                    ),
                ),
                (
                    "point",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="families.contactpoint",
                    ),
                ),
                (
                    "guardian",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contact_changes",
                        to="families.guardian",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at", None), ("refused_at", None)),
                        fields=["school", "asked_at"],
                        name="contact_changes_standing",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_at", None), ("confirmed_by", None), ("how", "")),
                            models.Q(
                                models.Q(("how", ""), _negated=True),
                                ("confirmed_at__isnull", False),
                                ("confirmed_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="contact_change_confirmed_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved_at", None), ("approved_by", None)),
                            models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="contact_change_approved_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("done_at", None), ("refused_at", None), _connector="OR"),
                        name="contact_change_ends_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("done_at", None),
                            models.Q(("how", ""), _negated=True),
                            models.Q(("came_by", "roster"), ("with_care", False)),
                            _connector="OR",
                        ),
                        name="contact_change_done_when_confirmed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Guardianship",
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
                        default="guardian",
                        max_length=20,
                    ),
                ),
                ("may_receive", models.BooleanField(default=True)),
                ("may_see_records", models.BooleanField(default=True)),
                ("may_collect", models.BooleanField(default=True)),
                ("since", models.DateField(blank=True, null=True)),
                ("until", models.DateField(blank=True, null=True)),
                (
                    "guardian",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ties",
                        to="families.guardian",
                    ),
                ),
                (
                    "lent_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lent",
                        to="families.guardianship",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="schools.school"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Household",
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
                ("label", models.CharField(max_length=200)),
                ("source_id", models.CharField(blank=True, max_length=255)),
                ("created_at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
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
                        condition=models.Q(("source_id", ""), _negated=True),
                        fields=("school", "source_id"),
                        name="household_source_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Restriction",
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
                    "scope",
                    models.CharField(
                        choices=[("contact", "Contact"), ("records", "Records"), ("collect", "Collect")],
                        max_length=10,
                    ),
                ),
                ("evidence", models.TextField()),
                ("since", models.DateField(blank=True, null=True)),
                ("until", models.DateField(blank=True, null=True)),
                ("set_by_id", models.BigIntegerField(null=True)),
                ("set_at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                ("lifted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "guardianship",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="restrictions",
                        to="families.guardianship",
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
            name="Student",
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
                ("called", models.CharField(blank=True, max_length=100)),
                ("source_id", models.CharField(blank=True, max_length=255)),
                ("left_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
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
                        related_name="student_posts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("source_id", ""), _negated=True),
                        fields=("school", "source_id"),
                        name="student_source_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HouseholdMembership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateField(blank=True, null=True)),
                ("until", models.DateField(blank=True, null=True)),
                (
                    "guardian",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="homes",
                        to="families.guardian",
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="members",
                        to="families.household",
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
                        related_name="homes",
                        to="families.student",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("guardian__isnull", False), ("student", None)),
                            models.Q(("guardian", None), ("student__isnull", False)),
                            _connector="OR",
                        ),
                        name="membership_of_one_person",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)),
                        fields=("household", "student"),
                        name="student_at_home_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)),
                        fields=("household", "guardian"),
                        name="guardian_at_home_once",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="guardianship",
            name="student",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="ties", to="families.student"
            ),
        ),
        migrations.CreateModel(
            name="Enrolment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
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
                        related_name="enrolments",
                        to="schools.schoolclass",
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="enrolments",
                        to="families.student",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)),
                        fields=("student", "school_class"),
                        name="enrolment_once",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="contactpoint",
            name="student",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="contact_points",
                to="families.student",
            ),
        ),
        migrations.CreateModel(
            name="Caution",
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
                ("why", models.TextField()),
                ("set_at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                ("lifted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "lifted_by",
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
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="schools.staffmember",
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cautions",
                        to="families.student",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lifted_at", None), ("lifted_by", None)),
                            models.Q(("lifted_at__isnull", False), ("lifted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="caution_lifted_by_somebody",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("lifted_at", None)),
                        fields=("student",),
                        name="caution_stands_once",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="guardianship",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until", None)), fields=("guardian", "student"), name="guardianship_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="contactpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("guardian__isnull", False), ("staff", None), ("student", None)),
                    models.Q(("guardian", None), ("staff", None), ("student__isnull", False)),
                    models.Q(("guardian", None), ("staff__isnull", False), ("student", None)),
                    _connector="OR",
                ),
                name="contact_point_of_one_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="contactpoint",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None), ("guardian__isnull", False)),
                fields=("address", "guardian"),
                name="guardian_address_once",
            ),
        ),
    ]
