import os
import sys

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.core.management import CommandError
from django.db import DEFAULT_DB_ALIAS, connection


class StartupWebApp(AppConfig):
    name = "startupwebapp"

    def ready(self):
        if "test" not in sys.argv:  # which makes a database of its own
            register(refuse_another_database, Tags.database)


def refuse_another_database(databases=None, **kwargs):
    """`migrate` runs it before it applies anything: settings may read another variable than the one that was set."""
    if DEFAULT_DB_ALIAS not in (databases or ()):
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        (connected,) = cursor.fetchone()
    meant = os.environ.get("DATABASE_NAME")
    if connected != meant:
        raise CommandError(
            f"Connected to the database {connected}, but DATABASE_NAME is {meant}. Nothing was changed. "
            'Let "NAME" in settings.py read DATABASE_NAME, without a default.'
        )
    return []
