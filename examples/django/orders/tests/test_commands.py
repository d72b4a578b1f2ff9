import os
from io import StringIO
from unittest import mock

import psycopg
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import TestCase, TransactionTestCase

from startupwebapp.apps import refuse_another_database


def meaning(database):
    return mock.patch.dict(os.environ, {"DATABASE_NAME": database})


class AnotherDatabase(TestCase):
    def test_is_refused_by_both_names(self):
        connected = connection.settings_dict["NAME"]
        both = f"Connected to the database {connected}, but DATABASE_NAME is another"
        with meaning("another"), self.assertRaisesMessage(CommandError, both):
            refuse_another_database(["default"])
        with meaning(connected):
            self.assertEqual(refuse_another_database(["default"]), [])


class Verify(TransactionTestCase):
    def verify(self, database=None):
        out = StringIO()
        with meaning(database or connection.settings_dict["NAME"]):
            call_command("verify", stdout=out)
        return out.getvalue().splitlines()

    def test_says_which_database_it_is_and_how_many_tables_there_are(self):
        first, *_, last = self.verify()
        self.assertEqual(first, f"Connected to the database {connection.settings_dict['NAME']}")
        self.assertEqual(last, f"{len(connection.introspection.table_names())} tables")

    def test_fails_on_another_database(self):
        with self.assertRaisesMessage(CommandError, "but DATABASE_NAME is another"):
            self.verify("another")

    def test_fails_where_a_migration_is_not_applied(self):
        call_command("migrate", "orders", "0001", verbosity=0)
        self.addCleanup(call_command, "migrate", verbosity=0)
        with self.assertRaisesMessage(CommandError, "not applied"):
            self.verify()


class CreateReadOnlyUser(TransactionTestCase):
    def test_creates_a_user_that_reads_everything_and_changes_nothing(self):
        self.addCleanup(self.execute, "DROP ROLE reader_of_a_test")
        self.assertEqual(self.create("first"), "reader_of_a_test: created\n")
        self.assertEqual(self.create("second"), "reader_of_a_test: exists already, its password is set\n")
        with self.assertRaises(psycopg.OperationalError):
            self.connect("first")
        with self.connect("second") as reader:
            reader.execute("SELECT FROM orders_order")
            for statement in ("DELETE FROM orders_order", "DROP TABLE orders_order", "CREATE TABLE mine (id int)"):
                with self.assertRaises(psycopg.errors.InsufficientPrivilege):
                    reader.execute(statement)

    def create(self, password):
        out = StringIO()
        variables = {"READ_ONLY_USER": "reader_of_a_test", "READ_ONLY_PASSWORD": password}
        with mock.patch.dict(os.environ, variables):
            call_command("create_read_only_user", stdout=out)
        return out.getvalue()

    def connect(self, password):
        server = {key: connection.get_connection_params()[key] for key in ("host", "port", "dbname")}
        return psycopg.connect(**server, user="reader_of_a_test", password=password, autocommit=True)

    def execute(self, statement):
        with connection.cursor() as cursor:
            cursor.execute(statement)


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
