from django.core.management.base import BaseCommand
from django.db import connection


class Command(BaseCommand):
    help = "Creates the databases that do not exist yet. Run it with DATABASE_NAME=postgres, which every server has."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("names", nargs="+")

    def handle(self, *args, names, **options):
        with connection.cursor() as cursor:
            cursor.execute("SELECT datname FROM pg_database")
            existing = {name for (name,) in cursor.fetchall()}
            for name in names:
                if name not in existing:
                    cursor.execute(f"CREATE DATABASE {connection.ops.quote_name(name)}")
                self.stdout.write(f"{name}: {'exists already' if name in existing else 'created'}")
