import django.db.models.deletion
import porchlight.delivery.gateways.contract
import porchlight.schools.actors
import porchlight.schools.tiers
import porchlight.toolbox.keys
import porchlight.toolbox.school_time
from django.db import migrations, models


def leave_room(apps, schema_editor):
    """A row is rewritten three times on its way; with room on its page, beside itself."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE delivery_delivery SET (fillfactor = 50)")


class Migration(migrations.Migration):
    replaces = [
        ("delivery", "0001_initial"),
        ("delivery", "0002_files_both_ways"),
        ("delivery", "0003_the_ladder"),
        ("delivery", "0004_telegram"),
        ("delivery", "0005_letters"),
        ("delivery", "0006_automatic_calls"),
        ("delivery", "0007_notes_on_a_screen"),
        ("delivery", "0008_recordings"),
    ]

    initial = True

    dependencies = [
        ("families", "0001_squashed_0008_the_islamic_day_of_a_home"),
        ("files", "0001_squashed_0002_clean_files"),
        ("schools", "0001_squashed_0008_own_phrases"),
    ]

    operations = [
        migrations.CreateModel(
            name="Account",
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
                ("gateway", models.CharField(max_length=60)),
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
                ("label", models.CharField(max_length=100)),
                ("sender", models.CharField(blank=True, max_length=254)),
                ("settings", models.JSONField(default=dict)),
                ("rate_per_second", models.FloatField(default=10)),
                ("rank", models.PositiveSmallIntegerField(default=1)),
                ("created_at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
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
                        condition=models.Q(("rate_per_second__gt", 0)), name="account_rate_positive"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("channel", models.CharField(max_length=20)),
                ("to", models.CharField(max_length=1000)),
                ("to_is_user_id", models.BooleanField(default=False)),
                (
                    "reference",
                    models.CharField(
                        default=porchlight.toolbox.keys.secret_key, editable=False, max_length=26
                    ),
                ),
                ("priority", models.PositiveSmallIntegerField(default=1)),
                ("body", models.JSONField(default=dict)),
                ("is_personal", models.BooleanField(default=True)),
                (
                    "status",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "queued"), (1, "sent"), (2, "failed"), (3, "delivered"), (4, "read")],
                        default=porchlight.delivery.gateways.contract.Status["QUEUED"],
                    ),
                ),
                (
                    "stopped",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("withdrawn", "Withdrawn"),
                            ("restricted", "Restricted"),
                            ("opted_out", "Opted Out"),
                            ("bad_address", "Bad Address"),
                            ("no_consent", "No Consent"),
                            ("ended", "Ended"),
                            ("demoted", "Demoted"),
                            ("expired", "Expired"),
                            ("next_channel", "Next Channel"),
                            ("tried_anew", "Tried Anew"),
                            ("dead", "Dead"),
                            ("replayed", "Replayed"),
                            ("together", "Together"),
                            ("not_recorded", "Not Recorded"),
                            ("template_held", "Template Held"),
                        ],
                        max_length=20,
                    ),
                ),
                ("due_at", models.DateTimeField()),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
                ("epoch", models.PositiveIntegerField(default=0)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("attempts", models.JSONField(default=list)),
                ("copies", models.PositiveSmallIntegerField(default=0)),
                ("provider_id", models.CharField(blank=True, max_length=200)),
                ("code", models.CharField(blank=True, max_length=60)),
                (
                    "advice",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("retry", "retry"),
                            ("retry_late", "retry_late"),
                            ("next_channel", "next_channel"),
                            ("bad_address", "bad_address"),
                            ("opted_out", "opted_out"),
                            ("needs_template", "needs_template"),
                            ("staff_must_act", "staff_must_act"),
                            ("our_fault", "our_fault"),
                        ],
                        max_length=20,
                    ),
                ),
                ("detail", models.CharField(blank=True, max_length=300)),
                ("created_at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("status_at", models.DateTimeField(blank=True, null=True)),
                (
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="delivery.account",
                    ),
                ),
                (
                    "address",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="families.address",
                    ),
                ),
                (
                    "contact_point",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="families.contactpoint",
                    ),
                ),
                (
                    "rides_with",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="riders",
                        to="delivery.delivery",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="schools.school",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "deliveries",
                "indexes": [
                    models.Index(
                        condition=models.Q(("sent_at", None), ("stopped", "")),
                        fields=["account", "priority", "due_at", "id"],
                        name="delivery_claim",
                    ),
                    models.Index(
                        condition=models.Q(("rides_with__isnull", False)),
                        fields=["rides_with"],
                        name="delivery_riders",
                    ),
                    models.Index(
                        condition=models.Q(("provider_id", ""), _negated=True),
                        fields=["account", "provider_id"],
                        name="delivery_provider",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("school", "reference"), name="delivery_reference_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__lte", porchlight.delivery.gateways.contract.Status["READ"])
                        ),
                        name="delivery_status_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Entrusted",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
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
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="schools.staffmember",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "entrusted",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)), fields=("staff",), name="entrusted_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Handing",
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
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="handings",
                        to="delivery.delivery",
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
            name="InboundEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=30)),
                ("provider_key", models.CharField(max_length=255)),
                ("raw", models.JSONField(default=dict)),
                ("event", models.JSONField(default=dict)),
                ("received_at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                ("due_at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                ("processed_at", models.DateTimeField(blank=True, null=True)),
                ("outcome", models.CharField(blank=True, max_length=60)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                (
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="inbound",
                        to="delivery.account",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="schools.school",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("processed_at", None)),
                        fields=["account", "due_at"],
                        name="inbound_waiting",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("school", "account", "kind", "provider_key"), name="inbound_event_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Attachment",
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
                ("source", models.CharField(max_length=64)),
                ("kind", models.CharField(max_length=10)),
                ("provider_id", models.CharField(blank=True, max_length=255)),
                ("url", models.TextField(blank=True)),
                ("name", models.CharField(blank=True, max_length=200)),
                ("claimed_type", models.CharField(blank=True, max_length=100)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("code", models.CharField(blank=True, max_length=60)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("due_at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                ("heard_at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                ("given_up_at", models.DateTimeField(blank=True, null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="delivery.account",
                    ),
                ),
                (
                    "file",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="attachment",
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
                    "waiting",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
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
                        related_name="attachments",
                        to="delivery.inboundevent",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("file", None), ("given_up_at", None)),
                        fields=["account", "due_at"],
                        name="attachment_to_fetch",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("school", "source"), name="attachment_source_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="KillSwitch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
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
                ("reason", models.CharField(max_length=300)),
                ("set_at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                ("set_by_id", models.BigIntegerField(null=True)),
                ("lifted_at", models.DateTimeField(blank=True, null=True)),
                ("lifted_by_id", models.BigIntegerField(null=True)),
                (
                    "school",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="kill_switches",
                        to="schools.school",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "kill switches",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("lifted_at", None)),
                        fields=("school", "channel"),
                        name="kill_switch_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("lifted_at", None), ("school", None)),
                        fields=("channel",),
                        name="kill_switch_platform_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Ladder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("order", models.JSONField(default=list)),
                ("urgent_waits", models.JSONField(default=dict)),
                ("dated_waits", models.JSONField(default=dict)),
                ("person_within", models.PositiveSmallIntegerField(default=48)),
                ("most_messages", models.PositiveSmallIntegerField(default=3)),
                ("most_calls", models.PositiveSmallIntegerField(default=60)),
                ("record_within", models.PositiveSmallIntegerField(default=24)),
                (
                    "errands_to",
                    models.CharField(
                        choices=[("office", "office"), ("liaison", "liaison")],
                        default=porchlight.schools.actors.Role["OFFICE"],
                        max_length=20,
                    ),
                ),
                ("changed_at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                ("changed_by_id", models.BigIntegerField(null=True)),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="schools.school"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("school",), name="ladder_once")],
            },
        ),
        migrations.CreateModel(
            name="Parcel",
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
                ("service_kind", models.CharField(blank=True, max_length=30)),
                ("tier", models.PositiveSmallIntegerField(default=porchlight.schools.tiers.Tier["L1"])),
                ("urgency", models.CharField(default="ordinary", max_length=10)),
                ("urgent_reason", models.CharField(blank=True, max_length=300)),
                ("language", models.CharField(max_length=20)),
                ("subject", models.CharField(blank=True, max_length=200)),
                ("text", models.TextField(blank=True)),
                ("sender_name", models.CharField(blank=True, max_length=200)),
                ("page_path", models.CharField(blank=True, max_length=300)),
                ("is_original", models.BooleanField(default=False)),
                ("ask", models.JSONField(blank=True, null=True)),
                ("spoken", models.JSONField(blank=True, null=True)),
                ("enclosed", models.JSONField(blank=True, null=True)),
                ("created_at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                ("expires_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("answer_by", models.DateTimeField(blank=True, null=True)),
                ("climbs_at", models.DateTimeField(blank=True, null=True)),
                (
                    "guardian",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parcels",
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
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("service_kind__in", ("sign_in_code", "sign_in_link", "staff_invitation"))
                        ),
                        fields=["expires_at"],
                        name="parcel_secrets",
                    ),
                    models.Index(
                        condition=models.Q(("climbs_at__isnull", False)),
                        fields=["school", "climbs_at"],
                        name="parcel_climbs",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="delivery",
            name="parcel",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="deliveries", to="delivery.parcel"
            ),
        ),
        migrations.CreateModel(
            name="ParcelStudent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "parcel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="about",
                        to="delivery.parcel",
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="families.student"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("parcel", "student"), name="parcel_student_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Recording",
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
                ("text", models.TextField()),
                ("text_language", models.CharField(max_length=20)),
                ("language", models.CharField(max_length=20)),
                ("asked_at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                ("wanted_by", models.DateTimeField()),
                ("recorded_at", models.DateTimeField(blank=True, null=True)),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                    ),
                ),
                (
                    "recorded_by",
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
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("file", None), ("recorded_at", None), ("recorded_by", None)),
                            models.Q(
                                ("file__isnull", False),
                                ("recorded_at__isnull", False),
                                ("recorded_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="recording_by_someone",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="parcel",
            name="recording",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="parcels",
                to="delivery.recording",
            ),
        ),
        migrations.CreateModel(
            name="WebhookRoute",
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
                        default=porchlight.toolbox.keys.secret_key, editable=False, max_length=26, unique=True
                    ),
                ),
                ("gateway", models.CharField(max_length=60)),
                ("waiting_since", models.DateTimeField(blank=True, null=True)),
                ("fetch_at", models.DateTimeField(blank=True, null=True)),
                ("connect_at", models.DateTimeField(blank=True, null=True)),
                ("connected_at", models.DateTimeField(blank=True, null=True)),
                ("connect_problem", models.CharField(blank=True, max_length=300)),
                ("look_at", models.DateTimeField(blank=True, null=True)),
                ("looked", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="routes",
                        to="delivery.account",
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
                        condition=models.Q(("waiting_since__isnull", False)),
                        fields=["waiting_since"],
                        name="route_waiting",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Lane",
            fields=[
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="lane",
                        serialize=False,
                        to="delivery.account",
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
                ("due_at", models.DateTimeField(blank=True, db_index=True, null=True)),
                ("served_at", models.DateTimeField(blank=True, null=True)),
                ("rate_per_second", models.FloatField(default=10)),
                ("tokens", models.FloatField(default=0)),
                ("tokens_at", models.DateTimeField(blank=True, null=True)),
                ("per_hour", models.PositiveIntegerField(blank=True, null=True)),
                ("per_day", models.PositiveIntegerField(blank=True, null=True)),
                ("left_hour", models.PositiveIntegerField(blank=True, null=True)),
                ("left_day", models.PositiveIntegerField(blank=True, null=True)),
                ("hour_from", models.DateTimeField(blank=True, null=True)),
                ("day_from", models.DateTimeField(blank=True, null=True)),
                ("failures", models.PositiveSmallIntegerField(default=0)),
                ("rests_until", models.DateTimeField(blank=True, null=True)),
                ("held_at", models.DateTimeField(blank=True, null=True)),
                ("held_reason", models.CharField(blank=True, max_length=300)),
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
                        name="lane_held_with_reason",
                    )
                ],
            },
        ),
        migrations.RunPython(leave_room, migrations.RunPython.noop),
    ]
