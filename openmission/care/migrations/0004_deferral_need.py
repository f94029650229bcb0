from datetime import date

from django.db import migrations, models


class Migration(migrations.Migration):
    """Each word tells which need it is about. What was said before stands until its day: no need is of a later one."""

    dependencies = [
        ("care", "0003_withdrawn_contacts"),
    ]

    operations = [
        migrations.AddField(
            model_name="deferral",
            name="need_on",
            field=models.DateField(default=date(2199, 12, 31)),
            preserve_default=False,
        ),
    ]
