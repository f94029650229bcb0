from typing import Any

from django.db import migrations, models


def fill(apps: Any, schema_editor: Any) -> None:
    """Each delivery gets the component of its curriculum, as that was published."""
    Delivery = apps.get_model("delivery", "Delivery")
    published = apps.get_model("curricula", "PublishedContent").objects.filter(kind="curriculum")
    for slug, version, content in published.values_list("slug", "version", "content"):
        Delivery.objects.filter(curriculum=slug, version=version).update(component=content["component"])


class Migration(migrations.Migration):
    dependencies = [
        ("curricula", "0001_initial"),
        ("delivery", "0003_progress_index"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="delivery", name="delivery_progress"),
        migrations.RemoveField(model_name="delivery", name="kind"),
        migrations.AddField(
            model_name="delivery",
            name="component",
            field=models.CharField(default="", max_length=10),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                fields=["enrollment", "curriculum", "session", "version", "component", "contact", "meeting"],
                name="delivery_progress",
            ),
        ),
    ]
