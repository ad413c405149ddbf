/** The migrations, run by the engine that ships with the server, on a real Postgres. */
import { randomUUID } from 'node:crypto'
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createMigration, deployMigrations, findDrift, readMigrationStatus } from '@/server/database/migrations'
import { makeTestDatabase, PRISMA_DIR, type TestDatabase } from '../../support/postgres'

let db: TestDatabase
beforeAll(async () => {
  db = await makeTestDatabase()
})
afterAll(() => db.drop())

test('the migrations add up to the schema', async () => {
  expect(await findDrift(db.url, PRISMA_DIR)).toBeNull()
})

test('a change of the schema becomes a migration, once', async () => {
  const changed = await makeTestDatabase()
  const dir = mkdtempSync(join(tmpdir(), 'callwitness-prisma-'))
  cpSync(PRISMA_DIR, dir, { recursive: true })
  appendFileSync(join(dir, 'schema.prisma'), '\nmodel Shelf {\n  id Int @id\n}\n')
  const name = await createMigration(changed.url, dir, 'shelves', () => undefined)
  expect(readFileSync(join(dir, 'migrations', name ?? '', 'migration.sql'), 'utf8')).toMatch(/^-- CreateTable\nCREATE TABLE "Shelf"/)
  expect(await findDrift(changed.url, dir)).toBeNull()
  expect(await changed.database.$queryRaw`select count(*)::int as count from "Shelf"`).toEqual([{ count: 0 }])
  expect(await createMigration(changed.url, dir, 'nothing', () => undefined)).toBeNull()
  await changed.drop()
  rmSync(dir, { recursive: true })
})

test('deploying again, from several servers at once, applies nothing', async () => {
  expect(await Promise.all([1, 2, 3].map(() => deployMigrations(db.url, PRISMA_DIR)))).toEqual([[], [], []])
  expect(await readMigrationStatus(db.url, PRISMA_DIR)).toMatchObject({ history: null, editedMigrationNames: [], failedMigrationNames: [] })
})

test('an audit entry can be neither changed nor removed', async () => {
  const { id } = await db.database.auditEntry.create({ data: { verb: 'signed-in', actorId: randomUUID() } })
  await expect(db.database.auditEntry.update({ where: { id }, data: { verb: 'listened' } })).rejects.toThrow(/append-only/)
  await expect(db.database.auditEntry.delete({ where: { id } })).rejects.toThrow(/append-only/)
  await expect(db.database.$executeRaw`truncate "AuditEntry"`).rejects.toThrow(/append-only/)
  expect(await db.database.auditEntry.findMany({ select: { verb: true } })).toEqual([{ verb: 'signed-in' }])
})
