import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { CallListening } from '@/app/live-client/call-listening'
import type { LiveLink } from '@/app/live-client/live-link'
import { ServerClock } from '@/app/live-client/server-clock'
import { makeCallId } from '@/protocol/ids'
import type { LiveCallView, LiveReply } from '@/protocol/live-messages'

type Answer = LiveReply<{ call: LiveCallView }>
const CALL: LiveCallView = { callId: makeCallId(), technician: { id: 'l', name: 'Linda Marsh' }, customerName: null, startedAt: '2026-11-24T07:00:00.000Z', tracks: ['technician'], screenSize: null, entries: [], words: [], captions: 'running', listenersShown: 'always' }
const JOINED: Answer = { ok: true, call: CALL }
const NOT_CONNECTED: Answer = { ok: false, reason: 'not-connected', message: 'The computer is not connected.' }
const NO_RIGHT: Answer = { ok: false, reason: 'no-right', message: 'There is no such call.' }
const FAILED: Answer = { ok: false, reason: 'failed', message: 'The server failed.' }

/** Answers each joining with the next of `answers`, the last again and again; `null`: nobody answers. */
function makeListening(...answers: (Answer | null)[]) {
  let asked = 0
  let open = (): void => undefined
  const handlers = new Map<string, (message: never) => void>()
  const socket = {
    connected: true,
    on: (name: string, handler: (message: never) => void) => handlers.set(name, handler),
    off: () => socket,
    emit: () => undefined,
    timeout: () => ({
      emitWithAck: () => {
        const answer = answers[Math.min(asked++, answers.length - 1)]!
        return answer ? Promise.resolve(answer) : Promise.reject(new Error('operation has timed out'))
      },
    }),
  }
  const onOpen = (listener: () => void): (() => void) => {
    open = listener
    listener()
    return () => undefined
  }
  const listening = new CallListening({ socket, clock: new ServerClock(), onOpen } as unknown as LiveLink, CALL.callId)
  return { listening, socket, reopen: () => open(), askedCount: () => asked, end: () => handlers.get('ended')!({ callId: CALL.callId, why: 'closed' } as never) }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('tries every second while the technician’s computer is away, and says so', async () => {
  const { listening, reopen } = makeListening(JOINED, NOT_CONNECTED, null, NOT_CONNECTED, JOINED)
  await vi.advanceTimersByTimeAsync(0)
  reopen()
  await vi.advanceTimersByTimeAsync(2_500)
  expect(listening.state.get().state).toBe('listening')
  expect(listening.isAgentAway.get()).toBe(true)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(listening.isAgentAway.get()).toBe(false)
  listening.dispose()
})

it('waits for a computer that is not there at the beginning either', async () => {
  const { listening } = makeListening(NOT_CONNECTED, JOINED)
  await vi.advanceTimersByTimeAsync(0)
  expect([listening.state.get().state, listening.isAgentAway.get()]).toEqual(['joining', true])
  await vi.advanceTimersByTimeAsync(1_000)
  expect(listening.state.get().state).toBe('listening')
  listening.dispose()
})

it('is refused where there is no right, and over where there was one', async () => {
  const first = makeListening(NO_RIGHT)
  const second = makeListening(JOINED, NO_RIGHT)
  await vi.advanceTimersByTimeAsync(0)
  second.reopen()
  await vi.advanceTimersByTimeAsync(5_000)
  expect(first.listening.state.get()).toEqual({ state: 'refused', message: NO_RIGHT.message })
  expect(second.listening.state.get()).toMatchObject({ state: 'ended', why: 'closed' })
  expect([first.askedCount(), second.askedCount()]).toEqual([1, 2])
})

it('tells a failure at the beginning, and outlasts one later', async () => {
  const first = makeListening(FAILED)
  const second = makeListening(JOINED, FAILED, JOINED)
  await vi.advanceTimersByTimeAsync(0)
  second.reopen()
  await vi.advanceTimersByTimeAsync(1_500)
  expect(first.listening.state.get().state).toBe('refused')
  expect([second.listening.state.get().state, second.askedCount()]).toEqual(['listening', 3])
})

it('asks no more when the connection is gone, the call is over or nobody listens any more', async () => {
  const gone = makeListening(null)
  gone.socket.connected = false
  const over = makeListening(NOT_CONNECTED)
  const left = makeListening(NOT_CONNECTED)
  await vi.advanceTimersByTimeAsync(0)
  over.end()
  left.listening.dispose()
  await vi.advanceTimersByTimeAsync(5_000)
  expect([gone, over, left].map(({ askedCount }) => askedCount())).toEqual([1, 1, 1])
  expect(over.listening.state.get().state).toBe('ended')
})
