import type { MigrationBuilder } from 'node-pg-migrate'

export function up(pgm: MigrationBuilder): void {
  pgm.createTable('categories', {
    id: { type: 'bigint', primaryKey: true, sequenceGenerated: { precedence: 'ALWAYS' } },
    tenant_id: { type: 'bigint', notNull: true, references: 'tenants', onDelete: 'CASCADE' },
    title: { type: 'text', notNull: true },
  })
  pgm.createTable('products', {
    id: { type: 'bigint', primaryKey: true, sequenceGenerated: { precedence: 'ALWAYS' } },
    tenant_id: { type: 'bigint', notNull: true, references: 'tenants', onDelete: 'CASCADE' },
    category_id: { type: 'bigint', references: 'categories', onDelete: 'SET NULL' },
    sku: { type: 'text', notNull: true },
    title: { type: 'text', notNull: true },
    price_cents: { type: 'integer', notNull: true },
    retired_at: { type: 'timestamptz' },
  })
  pgm.addConstraint('products', 'products_tenant_sku_key', { unique: ['tenant_id', 'sku'] })
}

export function down(pgm: MigrationBuilder): void {
  pgm.dropTable('products')
  pgm.dropTable('categories')
}
