"""The database: engines, roles, migrations, pools and the second lock. Knows no room."""
