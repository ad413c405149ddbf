/** Writes valid logs as an agent would, for tests of whoever reads them. */
import { generateKeyPairSync, hash, type KeyObject, randomBytes, randomUUID, sign } from 'node:crypto'
import type { WireEntry } from '@/protocol/agent-messages'
import { GENESIS_HASH, sealMessage, toBase64url } from '@/protocol/chain'
import { type ActionData, type EntryBody, makeLine, type OpenData, type ReceiptData } from '@/protocol/entries'
import { type CallId, deviceIdSchema, makeCallId } from '@/protocol/ids'
import { type AudioTrack, type Track, trackFile } from '@/protocol/tracks'
import type { AgentDevice } from '@/server/ingest/check-entry'

export type TestDevice = AgentDevice & { privateKey: KeyObject }

export function makeTestDevice(technician = { id: randomUUID() as string, name: 'Sari' }): TestDevice {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return { id: deviceIdSchema.parse(randomUUID()), publicKey: publicKey.export({ format: 'jwk' }).x!, privateKey, technician }
}

export class SampleCall {
  readonly entries: WireEntry[] = []
  readonly hashes: string[] = []
  atMs = 0
  private readonly trackBytes = new Map<Track, number>()

  constructor(readonly device: TestDevice, readonly callId: CallId = makeCallId(), open: Partial<OpenData> = {}) {
    this.add({
      kind: 'open',
      atMs: 0,
      data: {
        callId,
        agentVersion: '0.1.0',
        deviceId: device.id,
        deviceKey: device.publicKey,
        technician: device.technician,
        timeZone: 'Asia/Jakarta',
        bootId: 'boot',
        startedAt: '2026-03-01T08:00:00.000Z',
        startedBy: 'hand',
        consentRule: { jurisdiction: null, requires: 'not-configured' },
        tracks: (['technician', 'customer'] as const).map((track) => ({ track, codec: 'opus', file: trackFile(track), sampleRateHz: 48_000, channels: 1 })),
        ...open,
      },
    })
  }

  get lastSeq(): number {
    return this.entries.length - 1
  }

  get lastHash(): string {
    return this.hashes.at(-1) ?? GENESIS_HASH
  }

  add(body: EntryBody, payload?: Uint8Array<ArrayBuffer>): this {
    const line = new Uint8Array(makeLine(body, this.entries.length, this.lastHash))
    this.entries.push(payload ? { line, payload } : { line })
    this.hashes.push(hash('sha256', line, 'hex'))
    return this
  }

  audio(track: AudioTrack = 'customer', payload = new Uint8Array(randomBytes(300)), durationMs = 1_000): this {
    return this.add({ kind: 'audio', track, atMs: this.atMs, durationMs, ...this.place(track, payload) }, payload)
  }

  screen(payload: Uint8Array<ArrayBuffer>, durationMs = 1_000): this {
    return this.add({ kind: 'screen', track: 'screen', atMs: this.atMs, durationMs, ...this.place('screen', payload) }, payload)
  }

  /** A second of both voices. */
  second(): this {
    this.audio('technician').audio('customer')
    this.atMs += 1_000
    return this
  }

  seconds(count: number): this {
    for (let index = 0; index < count; index++) this.second()
    return this
  }

  action(data: Partial<ActionData> = {}): this {
    const changes = [{ field: 'roaming', label: 'Roaming', from: 'off', to: 'on' }]
    return this.add({ kind: 'action', atMs: this.atMs, data: { source: 'crm', verb: 'changed', object: { type: 'customer', id: '7', name: 'Budi Santoso' }, changes, ...data } })
  }

  seal(privateKey: KeyObject = this.device.privateKey): this {
    const signature = toBase64url(sign(null, sealMessage(this.callId, this.lastSeq, this.lastHash), privateKey))
    return this.add({ kind: 'seal', atMs: this.atMs, data: { sealedSeq: this.lastSeq, hash: this.lastHash, signature } })
  }

  receipt(data: ReceiptData): this {
    return this.add({ kind: 'receipt', atMs: this.atMs, data })
  }

  hangUp(): this {
    return this.add({ kind: 'hangup', atMs: this.atMs, data: { by: 'hand' } })
  }

  close(): this {
    return this.add({ kind: 'close', atMs: this.atMs, data: { reason: 'done' } })
  }

  private place(track: Track, payload: Uint8Array) {
    const offsetBytes = this.trackBytes.get(track) ?? 0
    this.trackBytes.set(track, offsetBytes + payload.length)
    return { offsetBytes, bytes: payload.length, sha256: hash('sha256', payload, 'hex') }
  }

  /** Entries `[from, to)` as one batch. */
  batch(from = 0, to = this.entries.length): { callId: CallId; entries: WireEntry[] } {
    return { callId: this.callId, entries: this.entries.slice(from, to) }
  }
}
