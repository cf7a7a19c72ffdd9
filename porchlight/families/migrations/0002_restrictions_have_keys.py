from django.db import migrations, models

import porchlight.toolbox.keys
from porchlight.schools.wall import school_context


def give_keys(apps, schema_editor):
    """Each restriction its own: a default is asked once for all rows."""
    alias = schema_editor.connection.alias
    restrictions = apps.get_model("families", "Restriction").objects.using(alias)
    schools = apps.get_model("schools", "School").objects.using(alias)
    with school_context(*schools.values_list("pk", flat=True), using=alias):
        for restriction in restrictions.filter(key=None):
            restriction.key = porchlight.toolbox.keys.random_key()
            restriction.save(update_fields=["key"])


class Migration(migrations.Migration):
    dependencies = [
        ("families", "0001_initial"),
        ("schools", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="restriction",
            name="key",
            field=models.CharField(editable=False, max_length=12, null=True),
        ),
        migrations.RunPython(give_keys, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name="restriction",
            name="key",
            field=models.CharField(
                default=porchlight.toolbox.keys.random_key, editable=False, max_length=12, unique=True
            ),
        ),
    ]
