import os

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS, connections

from .migrate import refuse_another_database, refuse_unknown_migrations


class Command(BaseCommand):
    help = "Fails on another database than DATABASE_NAME and on other migrations than the image's; counts the tables."

    def add_arguments(self, parser):
        parser.add_argument("--database", default=DEFAULT_DB_ALIAS)

    def handle(self, *args, database, **options):
        refuse_another_database(database)
        self.stdout.write(f"Connected to the database {os.environ['DATABASE_NAME']}")
        refuse_unknown_migrations(database)
        try:
            call_command("migrate", database=database, plan=True, check_unapplied=True, stdout=self.stdout)
        except SystemExit:
            raise CommandError("The migrations above are not applied") from None
        # The last line says the same of databases that are the same: pipeline.yml and drift.yml compare it.
        self.stdout.write(f"{len(connections[database].introspection.table_names())} tables")
