from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join

from orders.models import Order


def open_orders(request: HttpRequest) -> HttpResponse:
    """The orders that nobody has paid yet."""
    orders = Order.objects.filter(paid_at=None).select_related("customer").order_by("id")
    rows = format_html_join("", "<li>{}: {}</li>", ((order.customer.email, order.total) for order in orders))
    return HttpResponse(format_html("<title>Open orders</title><h1>Open orders</h1><ul>{}</ul>", rows))
