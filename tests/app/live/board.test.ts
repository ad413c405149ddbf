import { describe, expect, it } from 'vitest'
import { applyUpdate, EMPTY_BOARD, orderTiles, teamsOf } from '@/app/live-client/board'
import { makeTile, SILENT } from './tiles'

describe('an update', () => {
  const [first, second] = [makeTile(), makeTile()]
  const whole = applyUpdate(EMPTY_BOARD, { isWhole: true, tiles: [first, second], gone: [], technicians: [] })

  it('changes what it names, takes away what is gone and leaves the rest the very same', () => {
    const changed = { ...second, phase: 'paused' as const }
    const after = applyUpdate(whole, { isWhole: false, tiles: [changed], gone: [], technicians: null })
    expect(after.tiles.get(first.callId)).toBe(first)
    expect(after.tiles.get(second.callId)).toBe(changed)
    expect(after.technicians).toBe(whole.technicians)
    expect([...applyUpdate(after, { isWhole: false, tiles: [], gone: [first.callId], technicians: null }).tiles.keys()]).toEqual([second.callId])
  })

  it('that is whole forgets what was there', () => {
    expect(applyUpdate(whole, { isWhole: true, tiles: [], gone: [], technicians: [] }).tiles.size).toBe(0)
  })
})

describe('the order', () => {
  it('has faults first, then phrases, then what is behind or paused, and else who began first', () => {
    const later = makeTile({ startedAt: '2026-11-24T08:00:00.000Z' })
    const plain = makeTile()
    const paused = makeTile({ phase: 'paused' })
    const behind = makeTile({ behindMs: 9_000 })
    const phrase = makeTile({ phrases: [{ phrase: 'lawyer', atMs: 1_000, track: 'customer' }] })
    const fault = makeTile({ faults: [SILENT] })
    expect(orderTiles([later, plain, paused, behind, phrase, fault], null)).toEqual([fault, phrase, behind, paused, plain, later])
  })

  it('leaves out other teams', () => {
    const [east, west] = [makeTile(), makeTile({ teams: ['West'] })]
    expect(orderTiles([east, west], 'West')).toEqual([west])
    expect(teamsOf({ isLoaded: true, tiles: new Map([east, west].map((tile) => [tile.callId, tile])), technicians: [] })).toEqual(['East', 'West'])
  })
})
