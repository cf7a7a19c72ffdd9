import django.db.models.deletion
import porchlight.toolbox.keys
import porchlight.toolbox.school_time
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("files", "0001_initial"), ("files", "0002_clean_files")]

    initial = True

    dependencies = [
        ("schools", "0001_squashed_0008_own_phrases"),
    ]

    operations = [
        migrations.CreateModel(
            name="StoredFile",
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
                ("name", models.CharField(blank=True, max_length=200)),
                ("claimed_type", models.CharField(blank=True, max_length=100)),
                ("seen_type", models.CharField(blank=True, max_length=40)),
                ("seconds", models.FloatField(blank=True, null=True)),
                ("size", models.PositiveBigIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("width", models.PositiveIntegerField(blank=True, null=True)),
                ("height", models.PositiveIntegerField(blank=True, null=True)),
                ("kept_at", models.DateTimeField(default=porchlight.toolbox.school_time.now)),
                ("cleaned_at", models.DateTimeField(blank=True, null=True)),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="schools.school"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("school", "source"), name="file_source_once")
                ],
            },
        ),
    ]
