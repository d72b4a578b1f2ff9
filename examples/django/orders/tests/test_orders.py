from decimal import Decimal

from django.db import IntegrityError
from django.test import TestCase

from orders.models import Customer, Order


class Orders(TestCase):
    def setUp(self):
        self.customer = Customer.objects.create(email="ada@example.com")

    def test_a_total_is_never_negative(self):
        with self.assertRaises(IntegrityError):
            Order.objects.create(customer=self.customer, total=Decimal("-0.01"))

    def test_the_page_shows_what_is_open(self):
        Order.objects.create(customer=self.customer, total=Decimal("12.50"))
        self.assertContains(self.client.get("/"), "ada@example.com: 12.50")
