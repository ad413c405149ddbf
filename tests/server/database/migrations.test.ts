/** The migrations, run by the engine that ships with the server, on a real Postgres. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { deployMigrations, findDrift, readMigrationStatus } from '@/server/database/migrations'
import { makeTestDatabase, PRISMA_DIR, type TestDatabase } from '../../support/postgres'

let db: TestDatabase
beforeAll(async () => {
  db = await makeTestDatabase()
})
afterAll(() => db.drop())

test('the migrations add up to the schema', async () => {
  expect(await findDrift(db.url, PRISMA_DIR)).toBeNull()
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
