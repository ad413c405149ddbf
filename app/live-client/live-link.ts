/**
 * A live page's link to the server. States: `connecting`, `open`, `away` (was open, tries again by itself), `refused` (the
 * server does not let this person in; only a new page tries again). While it is open the server's clock is read every
 * few seconds, which also finds a dead connection long before the network does.
 */
import { ServerClock } from './server-clock'
import type { LiveSocket } from './live-socket'
import { Store } from './store'

const FIRST_ROUND_TRIPS = 6
const ROUND_TRIP_EVERY_MS = 3_000
const ROUND_TRIP_LIMIT_MS = 4_000
const RETRY_AFTER_MS = 1_000

export type LinkState = 'connecting' | 'open' | 'away' | 'refused'

export class LiveLink {
  readonly state = new Store<LinkState>('connecting')
  readonly clock = new ServerClock()
  private readonly openListeners = new Set<() => void>()
  private timer: ReturnType<typeof setInterval> | null = null
  private retryTimer: ReturnType<typeof setTimeout> | undefined

  constructor(readonly socket: LiveSocket) {
    socket.on('connect', this.handleConnect)
    socket.on('disconnect', this.handleDisconnect)
    socket.on('connect_error', this.handleError)
    socket.connect()
  }

  /** Called at each connection, and at once if it stands. The returned function ends that. */
  onOpen(listener: () => void): () => void {
    this.openListeners.add(listener)
    if (this.state.get() === 'open') listener()
    return () => void this.openListeners.delete(listener)
  }

  dispose(): void {
    this.stopClock()
    clearTimeout(this.retryTimer)
    this.openListeners.clear()
    this.socket.off('connect', this.handleConnect).off('disconnect', this.handleDisconnect).off('connect_error', this.handleError)
    this.socket.disconnect()
  }

  private readonly handleConnect = (): void => {
    this.stopClock()
    this.clock.beginAnew()
    this.timer = setInterval(() => void this.readClock(), ROUND_TRIP_EVERY_MS)
    void this.readClockWell()
    this.state.set('open')
    for (const listener of this.openListeners) listener()
  }

  private readonly handleDisconnect = (): void => {
    this.stopClock()
    this.state.set('away')
    // A server that goes down says farewell, after which the library waits to be told.
    if (!this.socket.active) this.retryTimer = setTimeout(() => this.socket.connect(), RETRY_AFTER_MS)
  }

  private readonly handleError = (): void => {
    if (!this.socket.active) this.state.set('refused')
  }

  private async readClockWell(): Promise<void> {
    for (let count = 0; count < FIRST_ROUND_TRIPS && this.socket.connected; count++) await this.readClock()
  }

  private async readClock(): Promise<void> {
    const { engine } = this.socket.io
    try {
      await this.clock.measure(() => this.socket.timeout(ROUND_TRIP_LIMIT_MS).emitWithAck('time'))
    } catch {
      // Nobody answers: this connection is dead, though the network has not noticed.
      if (this.socket.io.engine === engine) engine.close()
    }
  }

  private stopClock(): void {
    if (this.timer !== null) clearInterval(this.timer)
    this.timer = null
  }
}
