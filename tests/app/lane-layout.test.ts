import { describe, expect, it } from 'vitest'
import { fitChip, groupLane } from '@/app/player/lane-layout'

const item = (atMs: number, label = 'Roaming off → on', weight = 0) => ({ atMs, label, weight })
const layOut = (items: ReturnType<typeof item>[]) => groupLane(items, (atMs) => atMs, ({ weight }) => weight).map((group) => ({ ...group, ...fitChip(group, group.lead.label) }))

describe('the lane of actions', () => {
  it('begins each chip at its instant', () => {
    expect(layOut([item(100), item(600)]).map((chip) => chip.leftPx)).toEqual([100, 600])
  })

  it('shows only icons where labels would cover the next chip', () => {
    const [first, second] = layOut([item(100), item(140)])
    expect([first!.showsLabel, second!.showsLabel]).toEqual([false, true])
  })

  it('shows no stump of a label', () => {
    for (const apartPx of [36, 50, 70, 90, 150]) {
      const { widthPx, showsLabel } = layOut([item(100), item(100 + apartPx)])[0]!
      expect([apartPx, showsLabel ? widthPx >= 70 : widthPx === 30]).toEqual([apartPx, true])
    }
  })

  it('makes one chip of actions that crowd, and loses none', () => {
    const items = Array.from({ length: 500 }, (_, index) => item(index * 3))
    const chips = layOut(items)
    expect(chips.length).toBeLessThan(60)
    expect(chips.flatMap((chip) => chip.items)).toEqual(items)
  })

  it('names the weightiest of those that share a chip', () => {
    const [chip] = layOut([item(0, 'Opened', 0), item(9, 'Roaming', 1), item(12, 'Saved', 0)])
    expect([chip!.lead.label, chip!.leftPx]).toEqual(['Roaming', 0])
  })

  it('never lets two chips overlap', () => {
    const chips = layOut([0, 7, 45, 80, 300, 310, 1_000].map((atMs) => item(atMs)))
    for (let index = 1; index < chips.length; index++) expect(chips[index - 1]!.leftPx + chips[index - 1]!.widthPx).toBeLessThanOrEqual(chips[index]!.leftPx)
  })
})
