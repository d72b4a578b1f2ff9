/** The shop itself, as small as can be: what one tenant sells, from the database that DATABASE_NAME names. */
import { createServer } from 'node:http'
import pg from 'pg'
import { readSettings } from './settings.ts'

const pool = new pg.Pool(readSettings(process.env))

const server = createServer(async (request, response) => {
  const tenant = /^\/([a-z0-9-]+)\/products$/.exec(request.url ?? '')?.[1]
  try {
    const body = tenant === undefined ? { status: 'ok' } : await products(tenant)
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body))
  } catch (error) {
    console.error(error)
    response.writeHead(503).end()
  }
})

server.listen(Number(process.env.PORT ?? 8080))
process.once('SIGTERM', () => server.close(() => void pool.end()))

async function products(tenant: string): Promise<unknown[]> {
  const { rows } = await pool.query(
    `SELECT p.sku, p.title, p.price_cents
       FROM products p JOIN tenants t ON t.id = p.tenant_id
      WHERE t.slug = $1 AND p.retired_at IS NULL
      ORDER BY p.title`,
    [tenant],
  )
  return rows
}
