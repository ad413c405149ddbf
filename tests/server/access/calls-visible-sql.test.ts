/** Both forms of the rule for calls give the same calls, for every role. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { callsVisibleToSql } from '@/server/access/calls-visible-sql'
import { callsVisibleTo } from '@/server/access/policy'
import type { Viewer } from '@/server/access/sessions'
import { Prisma } from '@/server/database/generated/client'
import { makeCallRow } from '../../support/call-rows'
import { makeViewer } from '../../support/people'
import { makeTestDatabase, type TestDatabase } from '../../support/postgres'

let db: TestDatabase
let colleague: Viewer
let stranger: Viewer
beforeAll(async () => {
  db = await makeTestDatabase()
  ;[colleague, stranger] = await Promise.all([makeViewer(db.database, 'technician'), makeViewer(db.database, 'technician')])
})
afterAll(() => db.drop())

test.each([
  ['technician', 1],
  ['supervisor', 2],
  ['reviewer', 2],
  ['admin', 4],
] as const)('a %s gets %i of four calls by either form', async (role, expected) => {
  await db.database.call.deleteMany()
  const viewer = await makeViewer(db.database, role)
  await makeCallRow(db.database, viewer.id)
  await makeCallRow(db.database, colleague.id)
  await makeCallRow(db.database, stranger.id)
  const given = await makeCallRow(db.database, stranger.id)
  await db.database.team.create({ data: { name: `Team of ${viewer.name}`, members: { create: [{ userId: viewer.id }, { userId: colleague.id }] } } })
  await db.database.callGrant.create({ data: { callId: given, userId: viewer.id, givenById: stranger.id } })

  const byPrisma = await db.database.call.findMany({ where: callsVisibleTo(viewer), select: { id: true }, orderBy: { id: 'asc' } })
  const bySql = await db.database.$queryRaw<{ id: string }[]>(Prisma.sql`select c."id"::text from "Call" c where ${callsVisibleToSql(viewer)} order by c."id"`)
  expect(bySql).toEqual(byPrisma)
  expect(bySql).toHaveLength(expected)
})
