/** What the server holds of the demo's call: waited for, and read the way the pages read it. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Party } from './call-script'
import type { Database } from '@/server/database/client'

const POLL_MS = 100

export type Utterances = Record<Party, string>

/** Resolves when the transcript is done; rejects with the task's own words when it failed. */
export async function waitForTask(database: Database, callId: string, kind: 'transcript' | 'playback' | 'peaks', limitMs: number): Promise<void> {
  await waitFor(limitMs, `the task ${kind}`, async () => {
    const task = await database.callTask.findUnique({ where: { callId_kind: { callId, kind } } })
    if (task?.state === 'failed') throw new Error(`the task ${kind} failed: ${task.error}`)
    return task?.state === 'done' ? true : null
  })
}

/** What each party said, as it was heard; leaked sound belongs to nobody. */
export async function readUtterances(database: Database, callId: string): Promise<Utterances> {
  const utterances = await database.utterance.findMany({ where: { callId, leakedFrom: null }, orderBy: { startMs: 'asc' } })
  const of = (party: Party): string => utterances.filter(({ track }) => track === party).map(({ text }) => text).join(' ')
  return { technician: of('technician'), customer: of('customer') }
}

async function waitFor<T>(limitMs: number, what: string, look: () => Promise<T | null>): Promise<T> {
  const giveUpAt = Date.now() + limitMs
  for (;;) {
    const found = await look()
    if (found !== null) return found
    if (Date.now() > giveUpAt) throw new Error(`waited ${limitMs / 1_000} s for ${what}`)
    await sleep(POLL_MS)
  }
}
