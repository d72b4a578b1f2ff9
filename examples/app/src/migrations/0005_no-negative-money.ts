import type { MigrationBuilder } from 'node-pg-migrate'

export function up(pgm: MigrationBuilder): void {
  pgm.addConstraint('products', 'products_price_not_negative', { check: 'price_cents >= 0' })
  pgm.addConstraint('order_lines', 'order_lines_price_not_negative', { check: 'price_cents >= 0' })
  pgm.addConstraint('orders', 'orders_total_not_negative', { check: 'total_cents >= 0' })
}

export function down(pgm: MigrationBuilder): void {
  pgm.dropConstraint('orders', 'orders_total_not_negative')
  pgm.dropConstraint('order_lines', 'order_lines_price_not_negative')
  pgm.dropConstraint('products', 'products_price_not_negative')
}
