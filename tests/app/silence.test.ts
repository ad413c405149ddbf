import { describe, expect, it } from 'vitest'
import { endOfSilence, findSilences } from '@/app/player/silence'
import { makeCallView, makeChange, makeUtterance } from './sample-view'

const spoken = { ...makeUtterance('customer', 10_000, 'Hello.'), endMs: 12_000 }

describe('silence', () => {
  it('is where nobody speaks, with some air before and after', () => {
    expect(findSilences(makeCallView({ utterances: [spoken] }), null)).toEqual([{ fromMs: 0, toMs: 9_600 }, { fromMs: 12_400, toMs: 60_000 }])
  })
  it('ends for what is done on the screen', () => {
    const silences = findSilences(makeCallView({ utterances: [spoken], actions: [makeChange(1, 30_000)] }), null)
    expect(silences).toEqual([{ fromMs: 0, toMs: 9_600 }, { fromMs: 12_400, toMs: 29_600 }, { fromMs: 31_900, toMs: 60_000 }])
  })
  it('is read from the waveform where no words were recognised', () => {
    const technician = Array.from({ length: 120 }, (_, index) => (index === 40 ? 0.5 : 0.01))
    expect(findSilences(makeCallView(), { rateHz: 2, tracks: { technician } })).toEqual([{ fromMs: 0, toMs: 19_600 }, { fromMs: 20_900, toMs: 60_000 }])
  })
  it('is unknown without either: nothing is skipped', () => expect(findSilences(makeCallView(), null)).toEqual([]))
  it('goes on at its end, and only from within it', () => {
    const silences = [{ fromMs: 1_000, toMs: 5_000 }]
    expect([endOfSilence(silences, 1_000), endOfSilence(silences, 5_000), endOfSilence(silences, 999)]).toEqual([5_000, null, null])
  })
})
