import type { MigrationBuilder } from 'node-pg-migrate'

export function up(pgm: MigrationBuilder): void {
  pgm.createTable('tenants', {
    id: { type: 'bigint', primaryKey: true, sequenceGenerated: { precedence: 'ALWAYS' } },
    slug: { type: 'text', notNull: true, unique: true, check: "slug ~ '^[a-z0-9-]+$'" },
    name: { type: 'text', notNull: true },
    created_at: { type: 'timestamptz', notNull: true, default: pgm.func('now()') },
  })
  pgm.createTable('staff', {
    id: { type: 'bigint', primaryKey: true, sequenceGenerated: { precedence: 'ALWAYS' } },
    tenant_id: { type: 'bigint', notNull: true, references: 'tenants', onDelete: 'CASCADE' },
    email: { type: 'text', notNull: true },
    role: { type: 'text', notNull: true, default: 'clerk', check: "role IN ('owner', 'clerk')" },
  })
  pgm.addConstraint('staff', 'staff_tenant_email_key', { unique: ['tenant_id', 'email'] })
}

export function down(pgm: MigrationBuilder): void {
  pgm.dropTable('staff')
  pgm.dropTable('tenants')
}
