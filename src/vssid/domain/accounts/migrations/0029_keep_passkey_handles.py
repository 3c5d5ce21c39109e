from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0028_index_plain_login_names")]

    operations = [migrations.AddField("account", "passkey_handle", models.BinaryField(null=True))]
