import type { MigrationBuilder } from 'node-pg-migrate'

/**
 * Right in every test, wrong in production: customers have signed up twice, once as Ada@ and once as ada@.
 * The new table is created first, so that one sees it rolled back with the rest.
 */
export function up(pgm: MigrationBuilder): void {
  pgm.createTable('email_changes', {
    customer_id: { type: 'bigint', notNull: true, references: 'customers' },
    old_email: { type: 'text', notNull: true },
    changed_at: { type: 'timestamptz', notNull: true, default: pgm.func('now()') },
  })
  pgm.sql('CREATE UNIQUE INDEX customers_one_account ON customers (tenant_id, lower(email))')
}

export function down(pgm: MigrationBuilder): void {
  pgm.dropIndex('customers', ['tenant_id', 'email'], { name: 'customers_one_account' })
  pgm.dropTable('email_changes')
}
