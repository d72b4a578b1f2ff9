from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("orders", "0001_initial")]

    operations = [
        migrations.AddField(model_name="order", name="paid_at", field=models.DateTimeField(null=True)),
        migrations.AddIndex(model_name="order", index=models.Index(fields=["paid_at"], name="orders_paid_at")),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(check=models.Q(total__gte=0), name="orders_total_not_negative"),
        ),
    ]
