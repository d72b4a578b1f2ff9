"""In a real browser: Firefox without a window, driven by Selenium. Needs Firefox and geckodriver on the machine."""

from decimal import Decimal

from django.test import LiveServerTestCase
from selenium import webdriver
from selenium.webdriver.common.by import By

from orders.models import Customer, Order


class OpenOrders(LiveServerTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        options = webdriver.FirefoxOptions()
        options.add_argument("--headless")
        cls.browser = webdriver.Firefox(options=options)
        cls.addClassCleanup(cls.browser.quit)

    def test_a_customer_who_has_not_paid_is_listed(self):
        Order.objects.create(customer=Customer.objects.create(email="ada@example.com"), total=Decimal("12.50"))
        self.browser.get(self.live_server_url)
        self.assertEqual(self.browser.title, "Open orders")
        rows = self.browser.find_elements(By.TAG_NAME, "li")
        self.assertEqual([row.text for row in rows], ["ada@example.com: 12.50"])
