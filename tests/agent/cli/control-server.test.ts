import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isRunning, startControlServer, type ControlServer } from '@/agent/cli/control-server'

let folder: string
let runFile: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'callwitness-run-'))
  runFile = join(folder, 'running.json')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const LEFT_BEHIND: Record<string, string | null> = {
  nothing: null,
  'the file of a dead agent': JSON.stringify({ pid: 1, port: 9, secret: 'of-the-dead' }),
  'a torn file': '{"pid":',
}

describe.each(Object.keys(LEFT_BEHIND))('where there is %s', (name) => {
  it('one of many agents that start at once runs, and the others are told of it', async () => {
    const text = LEFT_BEHIND[name]!
    if (text !== null) await writeFile(runFile, text)
    const starts = await Promise.allSettled(Array.from({ length: 8 }, () => startControlServer(runFile)))
    const running = starts.flatMap((start): ControlServer[] => (start.status === 'fulfilled' ? [start.value] : []))
    const refusals = starts.flatMap((start) => (start.status === 'rejected' ? [String(start.reason)] : []))
    expect(running).toHaveLength(1)
    expect(refusals.every((refusal) => refusal.includes('running already'))).toBe(true)
    expect(await isRunning(runFile)).toBe(true)
    await running[0]!.dispose()
    expect(await readdir(folder)).toEqual([])
  })
})
