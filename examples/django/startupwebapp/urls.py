from django.urls import path

from orders.views import open_orders

urlpatterns = [path("", open_orders)]
