import { fork } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { prepareModel } from '@/server/transcribe/prepare-model'
import type { SpeechPriority } from '@/server/transcribe/speech-service'
import { textOfWords } from '@/server/transcribe/words'
import { SpeechWorkers } from '@/server/transcribe/worker-pool'
import { makeWorkerSpawner } from '@/server/transcribe/worker-process'
import { encodeOpus, readClip } from './spoken-call'

let folder: string
let workers: SpeechWorkers | undefined
const warnings: string[] = []
const log = { warn: (message: string) => void warnings.push(message) }

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'callwitness-workers-'))
  warnings.length = 0
})
afterEach(async () => {
  await workers?.dispose()
  await rm(folder, { recursive: true, force: true })
})

function makeWorkers(count: number, argument = ''): SpeechWorkers {
  return (workers = new SpeechWorkers({ count, log, spawn: () => fork(join(import.meta.dirname, 'mortal-worker.mjs'), [argument], { serialization: 'advanced' }) }))
}
const ask = (pool: SpeechWorkers, command: string, priority: SpeechPriority = 'live') => pool.transcribe(new Float32Array(1), { vocabulary: [command, join(folder, 'died')] }, priority)

describe('the speech workers', () => {
  it('answer again after one of them died, and try its request once more', async () => {
    const pool = makeWorkers(1)
    expect(textOfWords((await ask(pool, 'die-once')).words)).toBe('die-once')
    expect(warnings).toEqual([expect.stringContaining('exit code 9')])
  })

  it('give a request up that kills them twice, say so, and go on', async () => {
    const pool = makeWorkers(1)
    await expect(ask(pool, 'die')).rejects.toThrow(/ended \(exit code 9\) while it was to transcribe an utterance/)
    expect(textOfWords((await ask(pool, 'hello')).words)).toBe('hello')
  })

  it('pass on what an engine says of a request, without another try', async () => {
    await expect(ask(makeWorkers(1), 'fail')).rejects.toThrow(/no such sound/)
    expect(warnings).toEqual([])
  })

  it('let transcripts of running calls go first, then captions', async () => {
    const pool = makeWorkers(1)
    const order: string[] = []
    const note = async (command: string, priority: SpeechPriority) => void order.push(textOfWords((await ask(pool, command, priority)).words))
    await Promise.all([note('wait', 'live'), note('later', 'later'), note('captions', 'captions'), note('live', 'live')])
    expect(order).toEqual(['wait', 'live', 'captions', 'later'])
  })

  it('refuse with a reason when no worker can start', async () => {
    await expect(ask(makeWorkers(1, 'stillborn'), 'hello')).rejects.toThrow(/ended 3 times before it was ready \(exit code 3\)/)
  })

  it('refuse what waits when they are stopped', async () => {
    const pool = makeWorkers(1)
    const waiting = [ask(pool, 'wait'), ask(pool, 'wait')].map((answer) => expect(answer).rejects.toThrow(/server is stopping/))
    await pool.dispose()
    await Promise.all(waiting)
  })
})

it('real workers hear packets and transcribe what they heard, in other processes', async () => {
  const modelsDir = resolve('models')
  await prepareModel({ modelsDir })
  workers = new SpeechWorkers({ spawn: makeWorkerSpawner(modelsDir), count: 1, log })
  const { samples, probabilities } = await workers.hear(await encodeOpus(await readClip('libri-61-70968-0000.flac')), null, 'live')
  expect(probabilities.filter((probability) => probability > 0.5).length).toBeGreaterThan(80)
  const { words } = await workers.transcribe(samples, {}, 'live')
  expect(textOfWords(words)).toMatch(/confused complaint against the wizard/)
})
