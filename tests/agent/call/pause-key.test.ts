import { beforeEach, expect, it } from 'vitest'
import { watchPauseKey } from '@/agent/call/pause-key'
import { FakeClock } from '../../support/fake-clock'
import { MemoryDriver } from '../../support/memory-driver'
import { MemoryFiles } from '../../support/memory-files'
import { readEntries, TestAgent } from '../../support/test-agent'

let clock: FakeClock
let driver: MemoryDriver
let agent: TestAgent
beforeEach(async () => {
  clock = new FakeClock()
  driver = new MemoryDriver(clock)
  agent = await TestAgent.start({ clock, driver, files: new MemoryFiles() })
  watchPauseKey('F8', { driver, recorder: agent.recorder, faults: agent.faults, log: () => undefined })
})

const press = async (): Promise<void> => {
  driver.pressKey()
  await clock.advance(1_000)
}

it('pauses for a card and resumes', async () => {
  driver.begin()
  await clock.advance(2_000)
  await press()
  expect(agent.recorder.current).toMatchObject({ phase: 'paused', pause: { reason: 'card' } })
  await press()
  expect(agent.recorder.current.phase).toBe('recording')
  expect((await readEntries(agent.log)).map(({ kind }) => kind).filter((kind) => kind === 'pause' || kind === 'resume')).toEqual(['pause', 'resume'])
})

it('does nothing between calls', async () => {
  await press()
  expect(agent.recorder.current.phase).toBe('idle')
  expect(agent.faults.list()).toEqual([])
})

it('tells that another program has it, for as long as that lasts', () => {
  driver.takeKeyAway('another program has taken the key F8')
  expect(agent.faults.list()).toMatchObject([{ id: 'pause-key', severity: 'warn', message: 'F8 pauses only while this window has the focus: another program has taken the key F8.' }])
  driver.takeKeyAway(null)
  expect(agent.faults.list()).toEqual([])
})
