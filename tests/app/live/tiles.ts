/** Calls as the wallboard gets them. */
import { makeCallId } from '@/protocol/ids'
import type { BoardTile } from '@/protocol/live-messages'

export const makeTile = (values: Partial<BoardTile> = {}): BoardTile => ({
  callId: makeCallId(),
  technician: { id: 't', name: 'Linda Marsh' },
  teams: ['East'],
  customerName: 'Rina Hartono',
  ticket: { name: '#48213', url: null },
  startedAt: '2026-11-24T07:00:00.000Z',
  phase: 'recording',
  levelsDb: { technician: -20, customer: -30 },
  lastAction: null,
  lastWords: null,
  faults: [],
  behindMs: 0,
  isAway: false,
  phrases: [],
  listeners: [],
  ...values,
})

export const SILENT = { id: 'silent', severity: 'bad', message: 'Technician silent for 24 s while the customer talks.', remedy: 'Check the microphone.' } as const
