from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection


class Command(BaseCommand):
    help = "Fails where a migration is not applied, with the names; else says how many tables the database has."

    def handle(self, *args, **options):
        try:
            call_command("migrate", plan=True, check_unapplied=True, stdout=self.stdout)
        except SystemExit:
            raise CommandError("The migrations above are not applied") from None
        self.stdout.write(f"{len(connection.introspection.table_names())} tables")
