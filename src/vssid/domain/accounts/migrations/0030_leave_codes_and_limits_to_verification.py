"""Codes, challenges and limits are verification's from here on; their tables stay as they are."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0029_keep_passkey_handles"),
        ("verification", "0001_take_over_codes_and_limits"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.DeleteModel("PhoneCode"),
                migrations.DeleteModel("Challenge"),
                migrations.DeleteModel("Throttle"),
                migrations.DeleteModel("TextCount"),
            ]
        )
    ]
