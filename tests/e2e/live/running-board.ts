/** A wallboard's worth of calls, told as the server tells them. */
import type { BoardTechnician, BoardTile } from '@/protocol/live-messages'
import { makeTile, SILENT } from '../../app/live/tiles'
import type { Door, ListenerSocket } from './door'

export class RunningBoard {
  private timer: NodeJS.Timeout | undefined

  constructor(private readonly door: Door, public tiles: BoardTile[], private readonly technicians: BoardTechnician[] = []) {
    door.live.on('connection', this.admit)
  }

  change(tiles: BoardTile[]): void {
    const changed = new Map(tiles.map((tile) => [tile.callId, tile]))
    this.tiles = this.tiles.map((tile) => changed.get(tile.callId) ?? tile)
    this.door.live.emit('board', { isWhole: false, tiles, gone: [], technicians: null })
  }

  /** Every call's levels, each second. */
  run(): void {
    this.timer = setInterval(() => this.change(this.tiles.map((tile) => ({ ...tile, levelsDb: { technician: -50 * Math.random(), customer: -50 * Math.random() }, lastWords: { track: 'customer', text: `and then ${Math.floor(Math.random() * 1e6)}` } }))), 1_000)
  }

  stop(): void {
    clearInterval(this.timer)
    this.door.live.off('connection', this.admit)
  }

  private readonly admit = (socket: ListenerSocket): void =>
    void socket.on('watch-board', (reply) => {
      reply({ ok: true })
      socket.emit('board', { isWhole: true, tiles: this.tiles, gone: [], technicians: this.technicians })
    })
}

const ago = (seconds: number): string => new Date(Date.now() - seconds * 1_000).toISOString()
const person = (name: string) => ({ id: name, name })

/** The calls of the drawing, in the order in which they began. */
export const sampleTiles = (): BoardTile[] => [
  makeTile({ technician: person('Eka Wijaya'), customerName: 'Tom Weber', startedAt: ago(1_100), ticket: { name: '#48196', url: null }, lastWords: { track: 'technician', text: 'it will arrive on Thursday between' }, lastAction: { atMs: 9_000, action: { source: 'crm', verb: 'opened', object: { type: 'order', name: 'Router order' }, changes: [] } } }),
  makeTile({ technician: person('Ayu Lestari'), customerName: 'Budi Santoso', startedAt: ago(664), ticket: { name: '00012871', url: null }, levelsDb: { technician: -54, customer: -9 }, lastWords: { track: 'customer', text: 'yes please go ahead with that one' }, lastAction: { atMs: 9_000, action: { source: 'crm', verb: 'changed', object: { type: 'line' }, changes: [{ field: 'plan', label: 'Plan', from: 'Flex 20', to: 'Flex 40' }] } } }),
  makeTile({ technician: person('Joel Kim'), customerName: 'Maria Okafor', startedAt: ago(393), ticket: { name: '#48207', url: null }, levelsDb: { customer: -24 }, lastWords: { track: 'customer', text: 'can you hear me, hello' }, faults: [SILENT] }),
  makeTile({ technician: person('Sam Ortiz'), customerName: 'Dewi Anggraini', startedAt: ago(237), ticket: null, phase: 'paused', teams: ['West'] }),
  makeTile({ technician: person('Linda Marsh'), customerName: 'Rina Hartono', startedAt: ago(138), phrases: [{ phrase: 'cancel', atMs: 92_000, track: 'customer' }], lastWords: { track: 'customer', text: 'I do not want the twenty-four month plan' }, listeners: [person('Sari Wibowo')] }),
  makeTile({ technician: person('Nadia Putri'), customerName: null, startedAt: ago(48), isAway: true, ticket: null }),
]

export const SAMPLE_TECHNICIANS: BoardTechnician[] = [
  { person: person('Dewi Sartika'), teams: ['East'], state: 'ready', why: null },
  { person: person('Hendra Gunawan'), teams: ['West'], state: 'not-ready', why: 'No sound from the microphone.' },
  { person: person('Maya Putri'), teams: ['East'], state: 'not-tested', why: 'Last tested yesterday.' },
  { person: person('Tono Wijaya'), teams: ['East'], state: 'fault', why: 'The softphone is in use and nothing is recorded.' },
]
