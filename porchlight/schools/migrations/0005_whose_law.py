# Made by hand, 2026-11-27

from datetime import time

from django.db import migrations, models

UNITED_STATES = ("US", "PR", "GU", "VI", "AS", "MP")
EVENING, MORNING, NOON = time(21), time(8), time(12)


def rest_as_long_as_the_law(apps, schema_editor):
    """Schools made before profiles rested from 20:00 to 07:00; 47 CFR 64.1200(c)(1) asks for 21:00 to 08:00."""
    rows = apps.get_model("schools", "School").objects.using(schema_editor.connection.alias)
    for school in rows.filter(country__in=UNITED_STATES):
        lengthen(school)
        school.save(update_fields=["quiet_from", "quiet_until"])


def lengthen(school):
    """Quiet hours that begin too late begin at nine; those that end too early end at eight."""
    if not NOON <= school.quiet_from <= EVENING:
        school.quiet_from = EVENING
    if not MORNING <= school.quiet_until <= NOON:
        school.quiet_until = MORNING


class Migration(migrations.Migration):
    dependencies = [
        ("schools", "0004_closed_schools"),
    ]

    operations = [
        migrations.AddField(
            model_name="school",
            name="law",
            field=models.CharField(blank=True, max_length=12, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="school",
            name="text_costs",
            field=models.CharField(blank=True, max_length=20, default=""),
            preserve_default=False,
        ),
        migrations.RunPython(rest_as_long_as_the_law, migrations.RunPython.noop, elidable=True),
    ]
