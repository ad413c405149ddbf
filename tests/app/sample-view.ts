/** A small call as the loader would give it; tests replace what they are about. */
import type { CallView, UtteranceView } from '@/server/timeline/view'
import { callIdSchema, deviceIdSchema } from '@/protocol/ids'

export function makeCallView(overrides: Partial<CallView> = {}): CallView {
  return {
    id: callIdSchema.parse('0b8f9a52-6f0e-4a67-9d0c-2f3b8e1c7a11'),
    state: 'closed',
    startedAt: '2026-11-24T07:02:26.000Z',
    timeZone: 'Asia/Jakarta',
    closedAt: '2026-11-24T07:07:00.000Z',
    closeReason: { reason: 'done' },
    lengthMs: 60_000,
    hangUpAtMs: null,
    technician: { id: 't1', name: 'Linda Marsh' },
    device: { id: deviceIdSchema.parse('6a1d7c0e-3a3a-4e0c-8a55-0d2f6f5f9b01'), name: 'desk 4', agentVersion: '0.1.0' },
    agentAwaySince: null,
    customer: { name: 'Rina Hartono', phone: '+62 812 5550 184' },
    fault: null,
    tracks: [],
    completeness: [],
    coach: null,
    clock: { agent: [], server: [{ atMs: 0, offsetMs: Date.parse('2026-11-24T07:02:26.000Z'), halfWindowMs: 80 }] },
    consentRule: { jurisdiction: null, requires: 'not-configured' },
    speechModel: 'a model',
    utterances: [],
    actions: [],
    notes: [],
    consents: [],
    holds: [],
    presences: [],
    pauses: [],
    gaps: [],
    unknown: [],
    moments: [],
    proof: { entryCount: 3, lastSeq: 2, lastHash: 'ab'.repeat(32), sealCount: 1, lastSealedSeq: 1, unsignedCount: 0, deviceKey: 'key', receipts: [] },
    tasks: [],
    playbackUrl: null,
    peaksUrl: null,
    stillsUrl: null,
    leak: null,
    ...overrides,
  }
}

/** One word each 500 ms from `startMs` on, 400 ms long. */
export function makeUtterance(track: UtteranceView['track'], startMs: number, text: string): UtteranceView {
  const words = text.split(' ').map((word, index) => ({ text: word, startMs: startMs + index * 500, endMs: startMs + index * 500 + 400, confidence: 0.9 }))
  return { id: `${track}-${startMs}`, track, startMs, endMs: words.at(-1)!.endMs, text, words, leakedFrom: null }
}

export const makeChange = (seq: number, atMs: number): CallView['actions'][number] => ({
  seq,
  atMs,
  source: 'sandbox',
  verb: 'changed',
  object: { type: 'line', name: '+62 812 5550 184' },
  changes: [{ field: 'roaming', label: 'Roaming', from: 'off', to: 'on' }],
})
