/** The sample call on a running server, played back and with the words of its script, for tests that look at its page. */
import type { Browser } from 'playwright-core'
import type { CallId } from '@/protocol/ids'
import { decideDevice, makeWrongCodeLimit } from '@/server/access/devices'
import type { Viewer } from '@/server/access/sessions'
import { TASK_KINDS } from '@/server/jobs/call-tasks'
import { makeSpokenCall, type Script, type Spoken } from '../../support/sample-call'
import type { SampleCall } from '../../server/ingest/sample-call'
import { askToBeLetIn, sendCall } from './agent'
import { makeSampleScript } from './sample-script'
import type { TestServer } from './server'

const TASKS_LIMIT_MS = 90_000

/** The sample call, sent whole and done with. */
export async function recordCall(server: TestServer, browser: Browser, technician: Viewer): Promise<CallId> {
  const { call, spoken, send } = await prepareCall(server, technician, await makeSampleScript(browser))
  await send()
  await waitForTasks(server, call.callId)
  await writeWords(server, call.callId, spoken)
  return call.callId
}

type PreparedCall = Readonly<{ call: SampleCall; spoken: Spoken[]; send(from?: number, to?: number): Promise<void> }>

/** A call on a device that was let in; nothing of it is sent yet. */
export async function prepareCall(server: TestServer, technician: Viewer, script: Script): Promise<PreparedCall> {
  const agent = await askToBeLetIn(server.origin, 'desk 4')
  await decideDevice({ database: server.database, wrongCodes: makeWrongCodeLimit() }, technician, agent.code.userCode, 'approved', null)
  const { device, token } = await agent.collect()
  const { call, spoken } = await makeSpokenCall(device, script)
  return { call, spoken, send: (from, to) => sendCall(server.origin, token, call, from, to) }
}

export async function waitForTasks({ database }: Pick<TestServer, 'database'>, callId: CallId, withinMs = TASKS_LIMIT_MS): Promise<void> {
  const limitMs = Date.now() + withinMs
  for (;;) {
    const tasks = await database.callTask.findMany({ where: { callId } })
    const ended = tasks.filter(({ state }) => state === 'done' || state === 'failed')
    if (ended.length === TASK_KINDS.length) return
    if (Date.now() > limitMs) throw new Error(`the call's tasks did not end: ${JSON.stringify(tasks)}`)
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}

/** What an engine makes of a synthesiser's voice is another test's matter: here the words must be the same each time. */
export async function writeWords({ database }: TestServer, callId: CallId, spoken: readonly Spoken[]): Promise<void> {
  await database.utterance.deleteMany({ where: { callId } })
  await database.utterance.createMany({ data: spoken.map((sentence) => ({ callId, track: sentence.track, startMs: sentence.atMs, endMs: sentence.endMs, text: sentence.text, words: wordsOf(sentence) })) })
  await database.callTask.update({ where: { callId_kind: { callId, kind: 'transcript' } }, data: { state: 'done', error: null } })
}

/** Spread evenly over the sentence, with a pause of 30 ms after each. */
function wordsOf({ text, atMs, endMs }: Spoken) {
  const words = text.split(' ')
  const lengthMs = (endMs - atMs) / words.length
  return words.map((word, index) => ({ text: word, startMs: Math.round(atMs + index * lengthMs), endMs: Math.round(atMs + (index + 1) * lengthMs - 30), confidence: word.startsWith('Flex') ? 0.4 : 0.95 }))
}
