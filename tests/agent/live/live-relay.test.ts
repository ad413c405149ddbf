import { beforeEach, expect, it } from 'vitest'
import type { LiveLink } from '@/agent/live/link'
import { LiveRelay } from '@/agent/live/live-relay'
import { makeCallId } from '@/protocol/ids'
import type { LiveItem, LiveItems } from '@/protocol/live-items'
import { FakeClock } from '../../support/fake-clock'

const CALL = makeCallId()
/** The server's clock is ahead by this. */
const AHEAD_MS = 7_000

/** A server that keeps what it is sent and answers when the test says so. */
class FakeLink implements LiveLink {
  readonly sent: LiveItems[] = []
  asked = 0
  private readonly waiting: { resolve: () => void; reject: (error: Error) => void }[] = []

  constructor(private readonly serverNowMs: () => number) {}

  sendItems(items: LiveItems): void {
    this.sent.push(items)
  }
  sendItemsAndAsk(items: LiveItems): Promise<void> {
    this.sent.push(items)
    this.asked += 1
    return new Promise((resolve, reject) => this.waiting.push({ resolve, reject }))
  }
  sendStatus(): void {
    // Others tell it.
  }
  askTime = (): Promise<number> => Promise.resolve(this.serverNowMs())

  answer(count = Infinity): void {
    for (const { resolve } of this.waiting.splice(0, count)) resolve()
  }
  /** Without the link having broken. */
  timeOut(count = Infinity): void {
    for (const { reject } of this.waiting.splice(0, count)) reject(new Error('operation has timed out'))
  }
  get positions(): number[] {
    return this.sent.flatMap(({ items }) => items.map(({ atMs }) => atMs))
  }
}

const packet = (atMs: number): LiveItem => ({ track: 'technician', atMs, isKey: true, bytes: Uint8Array.of(1) })

let clock: FakeClock
let hurrying: number
let relay: LiveRelay
let link: FakeLink
let startedMonotonicMs: number
/** By the server's clock, whatever happens to the one here. */
let serverNowMs: () => number

beforeEach(async () => {
  clock = new FakeClock()
  hurrying = 0
  relay = new LiveRelay({
    clock,
    hurry: () => {
      hurrying += 1
      return () => void (hurrying -= 1)
    },
  })
  const serverOriginMs = clock.wallMs() + AHEAD_MS - clock.uptimeMs()
  serverNowMs = () => serverOriginMs + clock.uptimeMs()
  link = new FakeLink(serverNowMs)
  startedMonotonicMs = clock.monotonicMs()
  relay.begin(CALL, () => clock.monotonicMs() - startedMonotonicMs)
  relay.useLink(link)
  await clock.advance(0)
})

const want = (after = {}): void => relay.handleDemand({ callId: CALL, isWanted: true, after })
async function push(...positions: number[]): Promise<void> {
  for (const atMs of positions) relay.push(packet(atMs))
  await clock.advance(0)
}

it('sends nothing until somebody listens, then what follows his position, and each packet as it comes', async () => {
  await push(0, 20, 40)
  expect(link.sent).toEqual([])
  want({ technician: 0 })
  expect(link.positions).toEqual([20, 40])
  expect(hurrying).toBe(1)
  await push(60)
  expect(link.positions).toEqual([20, 40, 60])
})

it('sends no more when nobody listens any more, nor anything of another call', async () => {
  want()
  relay.handleDemand({ callId: CALL, isWanted: false, after: {} })
  await push(0)
  relay.handleDemand({ callId: makeCallId(), isWanted: true, after: {} })
  await push(20)
  expect([link.positions, hurrying]).toEqual([[], 0])
})

it('bounds what is not answered, and makes one message of what has gathered', async () => {
  want()
  for (let atMs = 0; atMs < 400; atMs += 20) await push(atMs)
  expect([link.sent.length, link.asked]).toEqual([10, 2])
  link.answer(1)
  await clock.advance(0)
  expect(link.sent).toHaveLength(11)
  expect(link.sent.at(-1)!.items).toHaveLength(10)
})

it('goes on after answers that never came, though the connection stands', async () => {
  want()
  for (let atMs = 0; atMs < 400; atMs += 20) await push(atMs)
  link.timeOut()
  await push(400)
  expect(link.positions.at(-1)).toBe(400)
  for (let atMs = 420; atMs < 800; atMs += 20) await push(atMs)
  expect(link.sent).toHaveLength(20)
})

it('waits for a new demand on a new connection, and what the old one answers late changes nothing', async () => {
  want()
  for (let atMs = 0; atMs < 400; atMs += 20) await push(atMs)
  relay.useLink(null)
  expect(hurrying).toBe(0)
  const next = new FakeLink(serverNowMs)
  relay.useLink(next)
  await push(400)
  expect(next.sent).toEqual([])
  want({ technician: 180 })
  expect(next.positions[0]).toBe(200)
  link.timeOut()
  for (let atMs = 420; atMs < 800; atMs += 20) await push(atMs)
  expect(next.sent).toHaveLength(10)
})

it('ends with the call', async () => {
  want()
  await push(0)
  relay.end()
  await push(20)
  want()
  expect([link.positions, hurrying]).toEqual([[0], 0])
})

it('says where the call began by the server’s clock, though the clock here is set', async () => {
  const originMs = serverNowMs()
  want()
  await push(0)
  clock.setWallClock(-90_000)
  await clock.advance(25_000)
  await push(25_000)
  expect(link.sent.map((message) => message.originMs - originMs)).toEqual([0, 0])
})

it('measures the server’s clock anew after a sleep that the connection outlived', async () => {
  const originMs = serverNowMs()
  want()
  clock.sleep(4_000)
  // The timeline jumps over the sleep.
  startedMonotonicMs -= 4_000
  await clock.advance(10_000)
  await push(14_000)
  expect(link.sent.at(-1)!.originMs).toBe(originMs)
})
