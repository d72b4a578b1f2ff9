import type { MigrationBuilder } from 'node-pg-migrate'

/** Takes a minute, so that there is time to cancel it, or to let it run into a time limit. */
export function up(pgm: MigrationBuilder): void {
  pgm.addColumn('products', { search: { type: 'text' } })
  pgm.sql('UPDATE products SET search = lower(title)')
  pgm.sql('SELECT pg_sleep(60)')
}

export function down(pgm: MigrationBuilder): void {
  pgm.dropColumn('products', 'search')
}
