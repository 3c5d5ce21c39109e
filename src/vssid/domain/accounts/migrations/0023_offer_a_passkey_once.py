from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0022_allow_codes_to_both_phones'),
    ]

    operations = [
        migrations.AddField(
            model_name='account',
            name='passkey_answered_at',
            field=models.DateTimeField(null=True),
        ),
    ]
