"""Each post of before goes on in the new table, from the day its account was made, without a last day."""

from django.db import migrations

CARRY = """
INSERT INTO accounts_staff_post (account_id, office_id, role, from_on, made_at, ended_why)
SELECT post.account_id, post.office_id, CASE post.role WHEN 'data' THEN 'data_officer' ELSE 'reviewer' END,
    (account.created_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, account.created_at, ''
FROM accounts_post post JOIN accounts_account account ON account.person_id = post.account_id
WHERE NOT EXISTS (SELECT 1 FROM accounts_staff_post known WHERE known.account_id = post.account_id)
ORDER BY post.account_id
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0034_open_posts'),
    ]

    operations = [migrations.RunSQL(CARRY, migrations.RunSQL.noop)]
