import os

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS, connection

from startupwebapp.apps import refuse_another_database


class Command(BaseCommand):
    help = "Fails on another database than DATABASE_NAME and where a migration is not applied; else counts the tables."

    def handle(self, *args, **options):
        refuse_another_database([DEFAULT_DB_ALIAS])
        self.stdout.write(f"Connected to the database {os.environ['DATABASE_NAME']}")
        try:
            call_command("migrate", plan=True, check_unapplied=True, stdout=self.stdout)
        except SystemExit:
            raise CommandError("The migrations above are not applied") from None
        # The last line says the same of databases that are the same: pipeline.yml and drift.yml compare it.
        self.stdout.write(f"{len(connection.introspection.table_names())} tables")
