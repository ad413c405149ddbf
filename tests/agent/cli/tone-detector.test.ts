import { describe, expect, it } from 'vitest'
import { toneShare } from '@/agent/cli/tone-detector'

const RATE_HZ = 8_000
const samples = (make: (second: number) => number) => Float32Array.from({ length: RATE_HZ }, (_, index) => make(index / RATE_HZ))
const tone = (frequencyHz: number) => (second: number) => 0.3 * Math.sin(2 * Math.PI * frequencyHz * second)

describe('toneShare', () => {
  it('is nearly everything when only the tone is heard', () => expect(toneShare(samples(tone(1_000)), 1_000)).toBeGreaterThan(0.95))
  it('finds a tone that sounds for a part of the time', () => expect(toneShare(samples((second) => (second > 0.4 && second < 0.7 ? tone(1_000)(second) : 0)), 1_000)).toBeGreaterThan(0.95))
  it('does not take another tone for it', () => expect(toneShare(samples(tone(700)), 1_000)).toBeLessThan(0.05))
  it('does not take noise for it', () => expect(toneShare(samples(() => Math.random() - 0.5), 1_000)).toBeLessThan(0.2))
  it('hears nothing in silence', () => expect(toneShare(samples(() => 0), 1_000)).toBe(0))
})
