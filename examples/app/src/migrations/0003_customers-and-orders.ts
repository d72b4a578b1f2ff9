import type { MigrationBuilder } from 'node-pg-migrate'

export function up(pgm: MigrationBuilder): void {
  pgm.createTable('customers', {
    id: { type: 'bigint', primaryKey: true, sequenceGenerated: { precedence: 'ALWAYS' } },
    tenant_id: { type: 'bigint', notNull: true, references: 'tenants', onDelete: 'CASCADE' },
    email: { type: 'text', notNull: true },
    created_at: { type: 'timestamptz', notNull: true, default: pgm.func('now()') },
  })
  pgm.createTable('orders', {
    id: { type: 'bigint', primaryKey: true, sequenceGenerated: { precedence: 'ALWAYS' } },
    tenant_id: { type: 'bigint', notNull: true, references: 'tenants', onDelete: 'CASCADE' },
    customer_id: { type: 'bigint', notNull: true, references: 'customers' },
    placed_at: { type: 'timestamptz', notNull: true, default: pgm.func('now()') },
  })
  pgm.createTable('order_lines', {
    order_id: { type: 'bigint', primaryKey: true, references: 'orders', onDelete: 'CASCADE' },
    product_id: { type: 'bigint', primaryKey: true, references: 'products' },
    quantity: { type: 'integer', notNull: true, check: 'quantity > 0' },
    price_cents: { type: 'integer', notNull: true },
  })
}

export function down(pgm: MigrationBuilder): void {
  pgm.dropTable('order_lines')
  pgm.dropTable('orders')
  pgm.dropTable('customers')
}
