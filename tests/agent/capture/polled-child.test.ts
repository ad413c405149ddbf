/** A child whose output is looked for, with real processes and a real pipe. */
import { readdirSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { Pace } from '@/agent/capture/linux/pace'
import { startPolledChild } from '@/agent/capture/linux/polled-child'
import { PolledPipe } from '@/agent/capture/linux/polled-pipe'

const countOpenFiles = (): number => readdirSync('/proc/self/fd').length

async function run(script: string, pace = new Pace()) {
  const pieces: { text: string; atMs: number }[] = []
  const startedMs = performance.now()
  const child = startPolledChild('sh', ['-c', script], {
    env: process.env,
    pace,
    output: await PolledPipe.make(process.env),
    stage: 'encoded',
    onOutput: (bytes) => pieces.push({ text: bytes.toString(), atMs: performance.now() - startedMs }),
  })
  return { child, pieces }
}

test('everything is told before the end is, however much the child leaves behind', async () => {
  const { child, pieces } = await run('head -c 300000 /dev/zero; printf last')
  await child.ended
  const text = pieces.map((piece) => piece.text).join('')
  expect(text.length).toBe(300_004)
  expect(text.endsWith('last')).toBe(true)
})

test('nobody hurries: what comes in a tenth of a second is told at once', async () => {
  const { child, pieces } = await run('for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do printf x; sleep 0.01; done; exec sleep 5')
  await sleep(600)
  await child.kill()
  expect(pieces.map(({ text }) => text).join('')).toBe('x'.repeat(20))
  expect(pieces.length).toBeLessThanOrEqual(6)
})

test('somebody hurries: it is told sooner, and no longer once he has gone', async () => {
  const pace = new Pace()
  const { child, pieces } = await run('while :; do printf x; sleep 0.01; done', pace)
  await sleep(500)
  const unhurried = pieces.length
  const calmDown = pace.hurry(20)
  await sleep(500)
  const hurried = pieces.length - unhurried
  calmDown()
  const before = pieces.length
  await sleep(500)
  await child.kill()
  expect(hurried).toBeGreaterThan(2 * unhurried)
  expect(pieces.length - before).toBeLessThan(hurried)
})

test('a child that is gone leaves no open file behind', async () => {
  const before = countOpenFiles()
  for (let round = 0; round < 5; round++) {
    const { child } = await run('printf x')
    await child.ended
  }
  await sleep(50)
  expect(countOpenFiles()).toBeLessThanOrEqual(before)
})
