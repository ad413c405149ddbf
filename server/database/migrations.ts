/** `prisma/migrations`: applied at every start, written from changes of `prisma/schema.prisma`, compared with it. */
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DiagnoseMigrationHistoryOutput, MigrationList } from '@prisma/schema-engine-wasm'
import { DatabaseError } from './errors'
import { withSchemaEngine } from './schema-engine'

const LOCK_FILE = 'migration_lock.toml'
const filters = { externalTables: [], externalEnums: [] }

/** Applies what is missing and returns its names. A failed migration is rolled back and blocks the next until it is resolved. */
export const deployMigrations = (url: string, prismaDir: string): Promise<string[]> =>
  withSchemaEngine(url, schemaFile(prismaDir), async (engine) => {
    const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList: readMigrations(prismaDir), filters })
    return appliedMigrationNames
  })

/** Writes and applies the migration that brings the database to the schema; null when there is nothing to do. */
export const createMigration = (url: string, prismaDir: string, name: string, warn: (message: string) => void): Promise<string | null> =>
  withSchemaEngine(url, schemaFile(prismaDir), async (engine) => {
    const migrationsList = readMigrations(prismaDir)
    const schema = readSchema(prismaDir)
    // The engine has a shadow database only right after it has diagnosed, and uses it up.
    const diagnose = () => engine.devDiagnostic({ migrationsList, filters })
    const { action } = await diagnose()
    if (action.tag === 'reset') throw DatabaseError.needsReset(action.reason)
    await engine.applyMigrations({ migrationsList, filters })
    await diagnose()
    const loss = await engine.evaluateDataLoss({ migrationsList, schema, filters })
    if (loss.unexecutableSteps.length > 0) throw DatabaseError.unexecutableMigration(loss.unexecutableSteps.map((step) => step.message))
    for (const warning of loss.warnings) warn(warning.message)
    await diagnose()
    const made = await engine.createMigration({ draft: false, migrationName: name, migrationsList, schema, filters })
    if (made.migrationScript === null) return null
    writeMigration(prismaDir, made.generatedMigrationName, made.migrationScript)
    await engine.applyMigrations({ migrationsList: readMigrations(prismaDir), filters })
    return made.generatedMigrationName
  })

/** The SQL that would still be needed to get from the migrations to the schema; null when they agree. */
export const findDrift = (url: string, prismaDir: string): Promise<string | null> =>
  withSchemaEngine(url, schemaFile(prismaDir), async (engine) => {
    const from = { tag: 'migrations' as const, ...readMigrations(prismaDir) }
    const to = { tag: 'schemaDatamodel' as const, ...readSchema(prismaDir) }
    const { exitCode, stdout } = await engine.diff({ from, to, script: true, exitCode: true, filters })
    return exitCode === 0 ? null : (stdout ?? '')
  })

export const readMigrationStatus = (url: string, prismaDir: string): Promise<DiagnoseMigrationHistoryOutput> =>
  withSchemaEngine(url, schemaFile(prismaDir), (engine) =>
    engine.diagnoseMigrationHistory({ migrationsList: readMigrations(prismaDir), optInToShadowDatabase: false, filters }),
  )

const schemaFile = (prismaDir: string) => join(prismaDir, 'schema.prisma')
const readSchema = (prismaDir: string) => ({ files: [{ path: schemaFile(prismaDir), content: readFileSync(schemaFile(prismaDir), 'utf8') }] })

function readMigrations(prismaDir: string): MigrationList {
  const baseDir = join(prismaDir, 'migrations')
  const lockFile = join(baseDir, LOCK_FILE)
  const entries = existsSync(baseDir) ? readdirSync(baseDir, { withFileTypes: true }) : []
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  return {
    baseDir,
    lockfile: { path: LOCK_FILE, content: existsSync(lockFile) ? readFileSync(lockFile, 'utf8') : null },
    shadowDbInitScript: '',
    migrationDirectories: names.sort().map((name) => {
      const value = readFileSync(join(baseDir, name, 'migration.sql'), 'utf8')
      return { path: name, migrationFile: { path: 'migration.sql', content: { tag: 'ok', value } } }
    }),
  }
}

function writeMigration(prismaDir: string, name: string, sql: string): void {
  const baseDir = join(prismaDir, 'migrations')
  mkdirSync(join(baseDir, name), { recursive: true })
  writeFileSync(join(baseDir, name, 'migration.sql'), sql)
  const lockFile = join(baseDir, LOCK_FILE)
  if (!existsSync(lockFile)) writeFileSync(lockFile, '# Which kind of database the migrations are for.\nprovider = "postgresql"\n')
}
