from io import StringIO

from django.core.management import CommandError, call_command
from django.db import connection
from django.test import TestCase, TransactionTestCase


class Verify(TestCase):
    def test_says_how_many_tables_there_are(self):
        out = StringIO()
        call_command("verify", stdout=out)
        self.assertEqual(out.getvalue().splitlines()[-1], f"{len(connection.introspection.table_names())} tables")


class VerifyUnapplied(TransactionTestCase):
    def test_fails_where_a_migration_is_not_applied(self):
        call_command("migrate", "orders", "0001", verbosity=0)
        self.addCleanup(call_command, "migrate", verbosity=0)
        with self.assertRaisesMessage(CommandError, "not applied"):
            call_command("verify", stdout=StringIO())


class CreateDatabases(TransactionTestCase):
    def test_creates_what_is_missing_and_leaves_what_is_there(self):
        self.addCleanup(self.drop, "tenant_of_a_test")
        self.assertEqual(self.create("tenant_of_a_test"), "tenant_of_a_test: created\n")
        self.assertEqual(self.create("tenant_of_a_test"), "tenant_of_a_test: exists already\n")

    def create(self, name):
        out = StringIO()
        call_command("create_databases", name, stdout=out)
        return out.getvalue()

    def drop(self, name):
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {connection.ops.quote_name(name)}")
