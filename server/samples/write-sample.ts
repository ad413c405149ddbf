/**
 * Writes the recorded call anew, in somebody's name and as of now, and sends it as an agent does.
 *
 * It is sealed once, at its end: a receipt says when its seal came, and all of it comes now.
 */
import { generateKeyPairSync, hash, type KeyObject, sign } from 'node:crypto'
import type { Append, WireEntry } from '@/protocol/agent-messages'
import { GENESIS_HASH, sealMessage, toBase64url } from '@/protocol/chain'
import { type EntryBody, makeLine, type OpenData, type ReceiptData } from '@/protocol/entries'
import type { CallId } from '@/protocol/ids'
import type { AgentDevice } from '../ingest/check-entry'
import type { RecordedEntry } from './recorded-call'

export type SampleKey = { publicKey: string; privateKey: KeyObject }

export function makeSampleKey(): SampleKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  return { publicKey: publicKey.export({ format: 'jwk' }).x!, privateKey }
}

export type SampleOptions = {
  recorded: readonly RecordedEntry[]
  callId: CallId
  device: AgentDevice
  key: SampleKey
  /** When the call ended. */
  endedAt: Date
  /** Answers the receipts of the seals among the entries; they are written into the log. */
  send: (append: Append) => Promise<readonly ReceiptData[]>
}

export async function writeSample({ recorded, callId, device, key, endedAt, send }: SampleOptions): Promise<void> {
  const endMs = Math.max(...recorded.map(({ body }) => body.atMs))
  const startedAt = new Date(endedAt.getTime() - endMs)
  const log = new SampleLog(callId, key)
  const rewrite = makeRewriter({ callId, deviceId: device.id, deviceKey: device.publicKey, technician: device.technician, startedAt: startedAt.toISOString() })
  for (const { body, payload } of recorded) {
    // They sign what they stand in: they are made, not copied.
    if (body.kind !== 'seal' && body.kind !== 'receipt') log.add(rewrite(body), payload)
  }
  log.seal(endMs)
  const sealedMs = performance.now()
  const receipts = await send(log.take())
  const receivedAtMs = endMs + Math.ceil(performance.now() - sealedMs)
  for (const receipt of receipts) log.add({ kind: 'receipt', atMs: receivedAtMs, data: receipt })
  await send(log.take())
}

type Identity = Pick<OpenData, 'callId' | 'deviceId' | 'deviceKey' | 'technician' | 'startedAt'>

function makeRewriter(identity: Identity): (body: EntryBody) => EntryBody {
  let shiftMs = 0
  return (body) => {
    switch (body.kind) {
      case 'open':
        shiftMs = Date.parse(identity.startedAt) - Date.parse(body.data.startedAt)
        return { ...body, data: { ...body.data, ...identity } }
      case 'clock':
        return { ...body, data: { ...body.data, wallMs: body.data.wallMs + shiftMs } }
      case 'action': {
        // The CRM of the recording is gone: its addresses lead nowhere.
        const { source, verb, changes, object } = body.data
        return { ...body, data: { source, verb, changes, object: { ...object, url: undefined } } }
      }
      default:
        return body
    }
  }
}

class SampleLog {
  private lastSeq = -1
  private lastHash = GENESIS_HASH
  private unsent: WireEntry[] = []

  constructor(private readonly callId: CallId, private readonly key: SampleKey) {}

  add(body: EntryBody, payload?: Uint8Array<ArrayBuffer>): void {
    const line = new Uint8Array(makeLine(body, ++this.lastSeq, this.lastHash))
    this.lastHash = hash('sha256', line, 'hex')
    this.unsent.push({ line, ...(payload && { payload }) })
  }

  seal(atMs: number): void {
    const { lastSeq: sealedSeq, lastHash } = this
    const signature = toBase64url(sign(null, sealMessage(this.callId, sealedSeq, lastHash), this.key.privateKey))
    this.add({ kind: 'seal', atMs, data: { sealedSeq, hash: lastHash, signature } })
  }

  take(): Append {
    const { callId, unsent: entries } = this
    this.unsent = []
    return { callId, entries }
  }
}
