from django.db import models


class Customer(models.Model):
    email = models.EmailField(unique=True)
    created_at = models.DateTimeField(auto_now_add=True)


class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="orders")
    total = models.DecimalField(max_digits=12, decimal_places=2)
    paid_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["paid_at"], name="orders_paid_at")]
        constraints = [models.CheckConstraint(check=models.Q(total__gte=0), name="orders_total_not_negative")]
