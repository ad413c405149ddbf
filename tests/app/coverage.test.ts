import { describe, expect, it } from 'vitest'
import { isMissing, mergeCoverage, totalCoverage } from '@/app/player/coverage'
import type { TrackCompleteness, TrackRange } from '@/protocol/completeness'
import type { Track } from '@/protocol/tracks'

const LINDA = { id: 't1', name: 'Linda Marsh' }

describe('the bar of all tracks', () => {
  it('is one range when everything was recorded', () => {
    expect(mergeCoverage([track('technician', [recorded(0, 60)]), track('customer', [recorded(0, 60)])])).toEqual([
      { fromMs: 0, toMs: 60, state: 'recorded', tracks: ['technician', 'customer'] },
    ])
  })

  it('says which track was lost where the others were recorded', () => {
    const bar = mergeCoverage([track('technician', [recorded(0, 60)]), track('screen', [recorded(0, 20), lost(20, 30), recorded(30, 60)])])
    expect(bar.map(({ fromMs, toMs, state, tracks }) => [fromMs, toMs, state, tracks])).toEqual([
      [0, 20, 'recorded', ['technician', 'screen']],
      [20, 30, 'lost', ['screen']],
      [30, 60, 'recorded', ['technician', 'screen']],
    ])
  })

  it('shows a pause of all tracks once, with by whom', () => {
    const paused: TrackRange = { fromMs: 10, toMs: 20, state: 'paused', by: LINDA, reason: 'card' }
    const bar = mergeCoverage([track('technician', [recorded(0, 10), paused]), track('customer', [recorded(0, 10), { ...paused }])])
    expect(bar[1]).toEqual({ fromMs: 10, toMs: 20, state: 'paused', by: 'Linda Marsh', reason: 'card', tracks: ['technician', 'customer'] })
  })

  it('adds up to the length of the call', () => {
    const bar = mergeCoverage([track('technician', [recorded(0, 50), lost(50, 60)]), track('customer', [lost(0, 5), recorded(5, 60)])])
    expect(totalCoverage(bar)).toEqual({ recordedMs: 45, pausedMs: 0, lostMs: 15, lostTracks: ['customer', 'technician'] })
  })

  it('raises no alarm over a track that began within its allowance, and one over a track that did not', () => {
    const startedAt = (atMs: number): TrackRange[] => [{ fromMs: 0, toMs: atMs, state: 'lost', cause: 'starting' }, recorded(atMs, 6_000)]
    const barOf = (atMs: number) => mergeCoverage([track('technician', startedAt(atMs)), track('customer', [recorded(0, 6_000)])])
    expect(barOf(100)[0]).toEqual({ fromMs: 0, toMs: 100, state: 'starting', tracks: ['technician'] })
    expect([totalCoverage(barOf(500)).lostMs, totalCoverage(barOf(501)).lostMs]).toEqual([0, 501])
    expect([barOf(500).some(isMissing), barOf(501).some(isMissing)]).toEqual([false, true])
  })

  it('says what was lost while another track was still starting', () => {
    const bar = mergeCoverage([track('technician', [{ fromMs: 0, toMs: 100, state: 'lost', cause: 'starting' }]), track('screen', [lost(0, 100)])])
    expect(bar).toEqual([{ fromMs: 0, toMs: 100, state: 'lost', cause: 'device-unplugged', detail: null, tracks: ['screen'] }])
  })

  it('is empty for a call that has nothing yet', () => expect(mergeCoverage([])).toEqual([]))
})

const recorded = (fromMs: number, toMs: number): TrackRange => ({ fromMs, toMs, state: 'recorded' })
const lost = (fromMs: number, toMs: number): TrackRange => ({ fromMs, toMs, state: 'lost', cause: 'device-unplugged' })
const track = (name: Track, ranges: TrackRange[]): TrackCompleteness => ({ track: name, recordedMs: 0, pausedMs: 0, lostMs: 0, ranges })
