import os

from django.core.management.base import BaseCommand
from django.db import connection
from psycopg import sql


class Command(BaseCommand):
    help = "Creates the user READ_ONLY_USER, who may only read, or gives it READ_ONLY_PASSWORD."
    requires_system_checks = ()

    def handle(self, *args, **options):
        user, password = os.environ["READ_ONLY_USER"], os.environ["READ_ONLY_PASSWORD"]
        with connection.cursor() as cursor:
            # Only its hash goes to the server, whose log may keep statements.
            hashed = cursor.connection.pgconn.encrypt_password(password.encode(), user.encode()).decode()
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [user])
            exists = cursor.fetchone() is not None
            statement = f"{'ALTER' if exists else 'CREATE'} ROLE {{}} LOGIN PASSWORD {{}}"
            cursor.execute(sql.SQL(statement).format(sql.Identifier(user), sql.Literal(hashed)))
            cursor.execute(sql.SQL("GRANT pg_read_all_data TO {}").format(sql.Identifier(user)))
        self.stdout.write(f"{user}: {'exists already, its password is set' if exists else 'created'}")
