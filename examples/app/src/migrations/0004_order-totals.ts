import type { MigrationBuilder } from 'node-pg-migrate'

/** A data migration: orders learn their total, which until now was added up anew for every page. */
export function up(pgm: MigrationBuilder): void {
  pgm.addColumn('orders', { total_cents: { type: 'integer' } })
  pgm.sql(`
    UPDATE orders
       SET total_cents = coalesce(
             (SELECT sum(quantity * price_cents) FROM order_lines WHERE order_lines.order_id = orders.id), 0)`)
  pgm.alterColumn('orders', 'total_cents', { notNull: true })
}

export function down(pgm: MigrationBuilder): void {
  pgm.dropColumn('orders', 'total_cents')
}
