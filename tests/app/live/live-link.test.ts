import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { LiveLink } from '@/app/live-client/live-link'
import type { LiveSocket } from '@/app/live-client/live-socket'

class FakeSocket {
  connects = 0
  connected = false
  /** Whether the library tries again by itself. */
  active = true
  readonly io = { engine: {} }
  private readonly handlers = new Map<string, () => void>()

  on = (name: string, handler: () => void): void => void this.handlers.set(name, handler)
  off = (name: string, handler: () => void): this => {
    if (this.handlers.get(name) === handler) this.handlers.delete(name)
    return this
  }
  connect = (): void => void this.connects++
  disconnect = (): void => undefined
  timeout = () => ({ emitWithAck: () => Promise.resolve(0) })
  tell = (name: 'connect' | 'disconnect' | 'connect_error'): void => this.handlers.get(name)?.()
}

let socket: FakeSocket
let link: LiveLink
beforeEach(() => {
  vi.useFakeTimers()
  socket = new FakeSocket()
  link = new LiveLink(socket as unknown as LiveSocket)
})
afterEach(() => void vi.useRealTimers())

it('connects again after a server that has said farewell', async () => {
  socket.tell('connect')
  socket.active = false
  socket.tell('disconnect')
  expect(link.state.get()).toBe('away')
  await vi.advanceTimersByTimeAsync(1_000)
  expect(socket.connects).toBe(2)
  link.dispose()
})

it('does nothing any more once it is disposed of', async () => {
  socket.tell('connect')
  socket.active = false
  socket.tell('disconnect')
  link.dispose()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(socket.connects).toBe(1)
  for (const event of ['connect', 'connect_error'] as const) socket.tell(event)
  expect(link.state.get()).toBe('away')
  expect(vi.getTimerCount()).toBe(0)
})
