import os
import sys
from contextlib import contextmanager, redirect_stdout
from importlib import import_module
from io import StringIO
from unittest import mock

import psycopg
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.db.migrations.recorder import MigrationRecorder
from django.test import TransactionTestCase

FirstOrders = import_module("orders.migrations.0001_initial").Migration


def name():
    return connection.settings_dict["NAME"]


def meaning(database):
    return mock.patch.dict(os.environ, {"DATABASE_NAME": database})


def migrate(*words, **options):
    """As `manage.py migrate` does it, which is not the test runner."""
    out = StringIO()
    with mock.patch.object(sys, "argv", ["manage.py", "migrate", *words]):
        call_command("migrate", *words, stdout=out, **options)
    return out.getvalue()


@contextmanager
def another_alias(**settings):
    connections.settings["tenant"] = {**connection.settings_dict, **settings}
    try:
        yield
    finally:
        connections["tenant"].close()
        del connections["tenant"], connections.settings["tenant"]


@contextmanager
def applied(app, migration):
    recorder = MigrationRecorder(connection)
    recorder.record_applied(app, migration)
    try:
        yield f"not know migrations that are applied: {app}.{migration}. Nothing was changed"
    finally:
        recorder.record_unapplied(app, migration)


class AnotherDatabase(TransactionTestCase):
    def test_is_not_migrated_with_any_option(self):
        both = f"Connected to the database {name()}, but DATABASE_NAME is another"
        for options in ({}, {"skip_checks": True}, {"skip_checks": False}, {"plan": True}, {"check_unapplied": True}):
            with self.subTest(options), meaning("another"), self.assertRaisesMessage(CommandError, both):
                migrate(**options)
        with self.subTest("an app called test"), meaning("another"), self.assertRaisesMessage(CommandError, both):
            migrate("test", "0001")
        with meaning(name()):
            self.assertIn("No migrations to apply", migrate())

    def test_is_not_migrated_through_another_alias(self):
        message = f"Connected to the database postgres, but DATABASE_NAME is {name()}"
        with another_alias(NAME="postgres"), meaning(name()):
            for command in (migrate, lambda **options: call_command("verify", **options)):
                with self.assertRaisesMessage(CommandError, message):
                    command(database="tenant")
            with meaning("postgres"):
                self.assertIn("Planned operations", migrate(database="tenant", plan=True))

    def test_is_what_is_no_postgresql(self):
        lite = {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:", "OPTIONS": {}}
        with another_alias(**lite), self.assertRaisesMessage(CommandError, "database SQLite, but"):
            migrate(database="tenant")


class Verify(TransactionTestCase):
    def verify(self, database=None):
        out = StringIO()
        with meaning(database or name()):
            call_command("verify", stdout=out)
        return out.getvalue().splitlines()

    def test_says_which_database_it_is_and_how_many_tables_there_are(self):
        first, *_, last = self.verify()
        self.assertEqual(first, f"Connected to the database {name()}")
        self.assertEqual(last, f"{len(connection.introspection.table_names())} tables")

    def test_fails_on_another_database(self):
        with self.assertRaisesMessage(CommandError, "but DATABASE_NAME is another"):
            self.verify("another")

    def test_fails_where_a_migration_is_not_applied(self):
        call_command("migrate", "orders", "0001", verbosity=0)
        self.addCleanup(call_command, "migrate", verbosity=0)
        with self.assertRaisesMessage(CommandError, "not applied"):
            self.verify()

    def test_fails_where_the_database_is_ahead_of_the_image(self):
        for key in (("orders", "0003_later"), ("invoices", "0001_initial")):
            with applied(*key) as message, self.assertRaisesMessage(CommandError, message):
                self.verify()

    def test_knows_what_a_squashed_migration_replaces(self):
        with applied("orders", "0001_before"), mock.patch.object(FirstOrders, "replaces", [("orders", "0001_before")]):
            self.assertIn("tables", self.verify()[-1])


class Rollback(TransactionTestCase):
    def setUp(self):
        self.addCleanup(call_command, "migrate", verbosity=0)

    def rollback(self, *words):
        with meaning(name()), redirect_stdout(StringIO()) as out:
            call_command("rollback", *words)
        return out.getvalue()

    def is_applied(self):
        return ("orders", "0002_paid_at") in MigrationRecorder(connection).applied_migrations()

    def test_undoes_what_came_after(self):
        self.assertIn("Unapplying orders.0002_paid_at... OK\n", self.rollback("orders", "0001_initial"))
        self.assertFalse(self.is_applied())

    def test_fails_where_the_image_does_not_have_what_is_to_be_undone(self):
        for key in (("orders", "0003_later"), ("invoices", "0001_initial")):
            with applied(*key) as message, self.assertRaisesMessage(CommandError, message):
                self.rollback("orders", "0002_paid_at")
            with applied(*key) as message, self.assertRaisesMessage(CommandError, message):
                self.rollback(key[0], "zero")
        self.assertTrue(self.is_applied())

    def test_fails_where_nothing_came_after(self):
        with self.assertRaisesMessage(CommandError, "nothing to undo"):
            self.rollback("orders", "0002_paid_at")

    def test_never_goes_ahead(self):
        call_command("migrate", "orders", "0001", verbosity=0)
        with self.assertRaisesMessage(CommandError, "nothing to undo"):
            self.rollback("orders", "0002_paid_at")
        self.assertFalse(self.is_applied())


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
