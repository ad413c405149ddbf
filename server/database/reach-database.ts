/** Whether the PostgreSQL of DATABASE_URL lets the server in: asked before anything else is, for an answer that says what to do. */
import pg from 'pg'
import { DatabaseError } from './errors'

const CONNECT_LIMIT_MS = 10_000

/** Rejects with DatabaseError when nobody answers or the server is not let in. */
export async function reachDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_LIMIT_MS })
  const address = `${client.host}:${client.port}`
  // A connection that breaks is told to whoever waits for it; without a listener it would end the process as well.
  client.on('error', () => undefined)
  try {
    await client.connect()
  } catch (error) {
    if (error instanceof pg.DatabaseError) throw DatabaseError.refused(address, error.message, error)
    throw DatabaseError.unreachable(address, reasonOf(error), error)
  } finally {
    await client.end().catch(() => undefined) // it never was connected
  }
}

/** A name with several addresses fails with an error for each and no words of its own. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join(', ')
  return error instanceof Error ? error.message : String(error)
}
