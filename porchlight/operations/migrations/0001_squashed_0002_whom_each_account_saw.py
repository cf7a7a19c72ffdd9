import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("operations", "0001_initial"), ("operations", "0002_whom_each_account_saw")]

    initial = True

    dependencies = [
        ("schools", "0001_squashed_0008_own_phrases"),
    ]

    operations = [
        migrations.CreateModel(
            name="Heartbeat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("machine", models.CharField(max_length=100)),
                ("process", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("machine", "process"), name="heartbeat_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonSeen",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("person", models.CharField(max_length=60)),
                ("at", models.DateTimeField()),
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
                "verbose_name_plural": "people seen",
                "indexes": [models.Index(fields=["school", "at"], name="operations__school__671c36_idx")],
                "constraints": [
                    models.UniqueConstraint(fields=("school", "staff", "person"), name="person_seen_once")
                ],
            },
        ),
    ]
