from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_create_account'),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='post', name='accounts_post_role'),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['officer', 'data'])), name='accounts_post_role'),
        ),
    ]
