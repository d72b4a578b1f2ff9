from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS
from django.db.models.signals import pre_migrate


class Command(BaseCommand):
    help = "Undoes the migrations of APP after MIGRATION; fails, and changes nothing, where there is none to undo."

    def add_arguments(self, parser):
        parser.add_argument("app")
        parser.add_argument("migration", help="the last one to keep; zero keeps none")
        parser.add_argument("--database", default=DEFAULT_DB_ALIAS)

    def handle(self, *args, app, migration, database, **options):
        pre_migrate.connect(refuse_all_but_undoing)
        try:
            call_command("migrate", app, migration, database=database, interactive=False)
        finally:
            pre_migrate.disconnect(refuse_all_but_undoing)


def refuse_all_but_undoing(plan, **kwargs):
    """`plan` has for each migration whether it is undone."""
    if not plan or not all(backwards for _, backwards in plan):
        raise CommandError("There is nothing to undo: no migration after this one is applied. Nothing was changed.")
