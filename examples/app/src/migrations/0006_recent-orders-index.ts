import type { MigrationBuilder } from 'node-pg-migrate'

export function up(pgm: MigrationBuilder): void {
  pgm.createIndex('orders', ['tenant_id', { name: 'placed_at', sort: 'DESC' }], { name: 'orders_recent' })
  pgm.createIndex('order_lines', 'product_id')
}

export function down(pgm: MigrationBuilder): void {
  pgm.dropIndex('order_lines', 'product_id')
  pgm.dropIndex('orders', ['tenant_id', 'placed_at'], { name: 'orders_recent' })
}
