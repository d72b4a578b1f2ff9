"""Django's `migrate`, for an app of yours to copy: it first asks the server which database this is.

Whoever calls it, with whatever options: --database, --skip-checks, --plan, --check, --prune, call_command.
"""

import os
import sys

from django.core.management import CommandError
from django.core.management.commands import migrate
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.loader import MigrationLoader


class Command(migrate.Command):
    def handle(self, *args, **options):
        if not makes_test_databases():
            refuse_another_database(options["database"])
        if options["migration_name"] and not options["prune"]:
            refuse_unknown_migrations(options["database"])
        return super().handle(*args, **options)


def makes_test_databases():
    """By the subcommand alone: an app may be called test, too. An image for production has no pytest."""
    return sys.argv[1:2] in (["test"], ["testserver"]) or "pytest" in sys.modules


def refuse_another_database(alias=DEFAULT_DB_ALIAS):
    """Settings may read another variable than the one that was set, and an alias may be another database."""
    connection, meant = connections[alias], os.environ.get("DATABASE_NAME")
    connected = connection.display_name  # such as SQLite
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_database()")  # in MySQL: SELECT database()
            (connected,) = cursor.fetchone()
    if connected != meant:
        raise CommandError(
            f"Connected to the database {connected}, but DATABASE_NAME is {meant}. Nothing was changed. "
            f'Let "NAME" of the alias {alias} in settings.py read DATABASE_NAME, without a default.'
        )


def refuse_unknown_migrations(alias=DEFAULT_DB_ALIAS):
    """Django passes over what is applied and not in this image: it would neither undo it nor say so."""
    loader = MigrationLoader(connections[alias])
    replaced = {key for migration in loader.disk_migrations.values() for key in migration.replaces}
    unknown = sorted(set(loader.applied_migrations) - set(loader.disk_migrations) - replaced)
    if unknown:
        raise CommandError(
            f"This image does not know migrations that are applied: {', '.join(map('.'.join, unknown))}. "
            "Nothing was changed. Take the image in which they are. What was removed for good: `migrate APP --prune`."
        )
