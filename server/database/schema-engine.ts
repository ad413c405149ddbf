/**
 * Prisma's schema engine in WebAssembly, on the `pg` driver: the same code as the program that `prisma migrate` would
 * download, so that migrations need no download. docs/decisions/prisma-without-engines.md tells why it is loaded by hand.
 */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, dirname } from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum, type SqlDriverAdapter, type SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import type { SchemaEngine } from '@prisma/schema-engine-wasm'
import pg from 'pg'

type EngineModule = typeof import('@prisma/schema-engine-wasm/schema_engine_bg') & { __wbg_set_wasm(exports: WebAssembly.Exports): void }
type ConnectionSettings = Pick<pg.PoolConfig, 'host' | 'port' | 'user' | 'password' | 'database' | 'ssl'>

/** Object ids of pg_catalog's one-byte type "char" and of `char(n)` (PostgreSQL 18, src/include/catalog/pg_type.dat). */
const CATALOG_CHAR_OID = 18
const PADDED_CHAR_OID = 1042

/** Lends an engine on `url`. It takes Prisma's advisory lock by itself, so several servers may migrate at once. */
export async function withSchemaEngine<T>(url: string, schemaFile: string, work: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  const { SchemaEngine } = await loadEngine()
  await using factory = new MigrationAdapterFactory(url)
  const schema = readFileSync(schemaFile, 'utf8')
  const engine = await SchemaEngine.new({ datamodels: [[schemaFile, schema]] }, () => undefined, bindMigrationAwareSqlAdapterFactory(factory))
  try {
    return await work(engine)
  } finally {
    engine.free()
  }
}

/**
 * Opens connections for the engine. Prisma's own factory cannot be used: given a URL it opens the main database as the
 * shadow database, which the engine empties, and it splits scripts at every semicolon, also inside function bodies.
 */
class MigrationAdapterFactory implements SqlMigrationAwareDriverAdapterFactory, AsyncDisposable {
  readonly provider = 'postgres'
  readonly adapterName = '@prisma/adapter-pg'
  readonly #settings: ConnectionSettings
  readonly #pools = new Set<pg.Pool>()

  constructor(url: string) {
    // pg parses the URL for every client; its parameters are not in its types.
    const { connectionParameters } = new pg.Client(url) as unknown as { connectionParameters: ConnectionSettings }
    const { host, port, user, password, database, ssl } = connectionParameters
    this.#settings = { host, port, user, password, database, ssl }
  }

  connect(): Promise<SqlDriverAdapter> {
    return this.#open(this.#settings)
  }

  async connectToShadowDb(): Promise<SqlDriverAdapter> {
    const database = `callwitness_shadow_${randomUUID()}`
    const main = await this.#open(this.#settings)
    await main.executeScript(`create database "${database}"`)
    const shadow = await this.#open({ ...this.#settings, database })
    const dispose = async () => {
      await shadow.dispose()
      await main.executeScript(`drop database "${database}"`)
      await main.dispose()
    }
    return { ...shadow, dispose }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#pools].map((pool) => this.#close(pool)))
  }

  async #open(settings: ConnectionSettings): Promise<SqlDriverAdapter> {
    const pool = new CatalogPool({ ...settings, max: 1 })
    this.#pools.add(pool)
    const adapter = await new PrismaPg(pool).connect()
    return {
      provider: adapter.provider,
      adapterName: adapter.adapterName,
      queryRaw: async (query) => pool.correctTypes(await adapter.queryRaw(query)),
      executeRaw: (query) => adapter.executeRaw(query),
      // Without parameters `pg` sends the whole text as one simple query.
      executeScript: async (sql) => void (await adapter.executeRaw({ sql, args: [], argTypes: [] })),
      startTransaction: (level) => adapter.startTransaction(level),
      getConnectionInfo: () => adapter.getConnectionInfo(),
      dispose: () => this.#close(pool),
    }
  }

  async #close(pool: pg.Pool): Promise<void> {
    if (this.#pools.delete(pool)) await pool.end()
  }
}

/** A pool for an adapter that cannot read pg_catalog's "char": it passes such columns off as text and remembers them. */
class CatalogPool extends pg.Pool {
  readonly #charColumns = new WeakMap<object, readonly number[]>()

  // The adapter calls only the form with one query object.
  override query = (async (query: pg.QueryArrayConfig) => {
    const result = await super.query(query)
    if (Array.isArray(result)) return result as unknown
    const columns = result.fields.flatMap((field, column) => (field.dataTypeID === CATALOG_CHAR_OID ? [column] : []))
    for (const column of columns) Object.assign(result.fields[column] ?? {}, { dataTypeID: PADDED_CHAR_OID })
    this.#charColumns.set(result.rows, columns)
    return result
  }) as unknown as pg.Pool['query']

  /** The engine insists on the column type Character where the catalogue has "char". */
  correctTypes<R extends { columnTypes: number[]; rows: unknown[][] }>(result: R): R {
    for (const column of this.#charColumns.get(result.rows) ?? []) result.columnTypes[column] = ColumnTypeEnum.Character
    return result
  }
}

let loading: Promise<EngineModule> | undefined
const loadEngine = (): Promise<EngineModule> => (loading ??= instantiateEngine())

/** The package is made for bundlers; Node 20 does not import .wasm files. */
async function instantiateEngine(): Promise<EngineModule> {
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: (message: string) => console.error(`schema engine: ${message}`) } })
  // The typings leave out the function that every wasm-bindgen "bundler" module has.
  const glue = (await import('@prisma/schema-engine-wasm/schema_engine_bg')) as EngineModule
  const folder = dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'))
  const imports = { './schema_engine_bg.js': withUnreferencedTimers(glue) }
  const { instance } = await WebAssembly.instantiate(readFileSync(join(folder, 'schema_engine_bg.wasm')), imports)
  glue.__wbg_set_wasm(instance.exports)
  ;(instance.exports['__wbindgen_start'] as () => void)()
  return glue
}

/** The engine leaves a ten-second timer behind, which must not keep the process. */
function withUnreferencedTimers(glue: object): WebAssembly.ModuleImports {
  const imports = { ...glue } as WebAssembly.ModuleImports
  const name = Object.keys(imports).find((key) => key.startsWith('__wbg_setTimeout_'))
  if (name) imports[name] = (callback: () => void, delayMs: number) => setTimeout(callback, delayMs >>> 0).unref()
  return imports
}
