/**
 * Slows down guessing: failures are counted for each e-mail address and each network address, over WINDOW_MS.
 *
 * An attempt is entered as a failure before the password is checked and taken out when it was right, so that many attempts
 * at once count as many. After the free ones the wait doubles from one failure to the next.
 */
import type { Database, DatabaseOrTransaction } from '../database/client'

const WINDOW_MS = 15 * 60_000
const FIRST_WAIT_MS = 2_000
const MAX_WAIT_MS = 5 * 60_000
const FREE_FAILURES = { email: 5, address: 30 }

export type Attempt = { email: string; address: string }
export type Admission = { isAdmitted: true; attemptId: bigint } | { isAdmitted: false; waitMs: number }

export const admitAttempt = (database: Database, attempt: Attempt, now = new Date()): Promise<Admission> =>
  database.$transaction(async (transaction): Promise<Admission> => {
    // Both in the same order everywhere: two attempts never wait for each other.
    await transaction.$executeRaw`select pg_advisory_xact_lock(hashtextextended('sign-in address ' || ${attempt.address}, 0))`
    await transaction.$executeRaw`select pg_advisory_xact_lock(hashtextextended('sign-in email ' || ${attempt.email}, 0))`
    await transaction.signInFailure.deleteMany({ where: { failedAt: { lt: windowStart(now) } } })
    const waits = [await waitFor(transaction, 'email', attempt.email, now), await waitFor(transaction, 'address', attempt.address, now)]
    const waitMs = Math.max(...waits)
    if (waitMs > 0) return { isAdmitted: false, waitMs }
    const { id } = await transaction.signInFailure.create({ data: { ...attempt, failedAt: now }, select: { id: true } })
    return { isAdmitted: true, attemptId: id }
  })

/** A right password clears what was counted against its e-mail address; the network address keeps its other failures. */
export async function forgetFailures(database: Database, email: string): Promise<void> {
  await database.signInFailure.deleteMany({ where: { email } })
}

/** How long after its last failure somebody with so many of them has to wait. */
export function waitAfter(failures: number, free: number): number {
  if (failures < free) return 0
  return Math.min(FIRST_WAIT_MS * 2 ** (failures - free), MAX_WAIT_MS)
}

async function waitFor(transaction: DatabaseOrTransaction, by: keyof typeof FREE_FAILURES, value: string, now: Date): Promise<number> {
  const { _count, _max } = await transaction.signInFailure.aggregate({
    where: { [by]: value, failedAt: { gte: windowStart(now) } },
    _count: true,
    _max: { failedAt: true },
  })
  const waitMs = waitAfter(_count, FREE_FAILURES[by])
  // Attempts at once may be entered in another order than they came in: without a wait, who came first does not matter.
  if (waitMs === 0 || !_max.failedAt) return 0
  return Math.max(0, _max.failedAt.getTime() + waitMs - now.getTime())
}

const windowStart = (now: Date): Date => new Date(now.getTime() - WINDOW_MS)
