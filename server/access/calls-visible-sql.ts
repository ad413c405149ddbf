/** The rule of policy.ts in SQL, on a "Call" named `c`, for statements that Prisma has no words for. A test compares the two. */
import { Prisma } from '../database/generated/client'
import type { Viewer } from './sessions'

export function callsVisibleToSql(viewer: Viewer): Prisma.Sql {
  const own = Prisma.sql`c."technicianId" = ${viewer.id}::uuid`
  switch (viewer.role) {
    case 'admin':
      return Prisma.sql`true`
    case 'supervisor':
      return Prisma.sql`(${own} or c."technicianId" in (select member."userId" from "TeamMember" own join "TeamMember" member using ("teamId") where own."userId" = ${viewer.id}::uuid))`
    case 'reviewer':
      return Prisma.sql`(${own} or c."id" in (select "callId" from "CallGrant" where "userId" = ${viewer.id}::uuid))`
    case 'technician':
      return own
  }
}
