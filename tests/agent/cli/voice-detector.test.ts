import { describe, expect, it } from 'vitest'
import { rmsDb, VoiceDetector } from '@/agent/cli/voice-detector'

const PACKETS_PER_SECOND = 50
const hear = (...stretches: [levelDb: number, seconds: number][]): VoiceDetector => {
  const detector = new VoiceDetector()
  for (const [levelDb, seconds] of stretches) for (let packet = 0; packet < seconds * PACKETS_PER_SECOND; packet++) detector.push(levelDb)
  return detector
}

describe('a voice', () => {
  it('is a word that stands out from a quiet room', () => {
    const detector = hear([-62, 2], [-25, 0.4], [-62, 0.2])
    expect([detector.voiceDb, detector.noiseDb]).toEqual([-25, -62])
  })

  it('may be in several syllables', () => expect(hear([-60, 1], [-25, 0.1], [-60, 0.1], [-24, 0.12], [-60, 0.3]).voiceDb).toBe(-24))

  it('is heard by a microphone that gates the room away', () => expect(hear([-Infinity, 1], [-30, 0.3]).voiceDb).toBe(-30))

  it('that speaks at once is known when it pauses', () => {
    expect(hear([-25, 0.5]).voiceDb).toBeNull()
    expect(hear([-25, 0.5], [-60, 0.6]).voiceDb).toBe(-25)
  })

  it.each<[string, [number, number][]]>([
    ['nothing', []],
    ['silence', [[-Infinity, 8]]],
    ['a loud fan', [[-20, 8]]],
    ['a loud fan, after what the recording begins with', [[-Infinity, 0.08], [-20, 8]]],
    ['a knock on the table', [[-60, 2], [-10, 0.08], [-60, 2]]],
    ['somebody in another room', [[-75, 2], [-55, 1], [-75, 2]]],
    ['a little more noise', [[-45, 2], [-38, 1], [-45, 2]]],
  ])('is not %s', (_, stretches) => expect(hear(...stretches).voiceDb).toBeNull())
})

it('tells digital silence from a quiet room', () => {
  expect(hear([-Infinity, 2]).isSilent).toBe(true)
  expect(hear([-Infinity, 1], [-70, 1]).isSilent).toBe(false)
})

it('measures the level of full scale as 0 dB', () => {
  expect(rmsDb(new Float32Array(160).fill(1))).toBeCloseTo(0)
  expect(rmsDb(new Float32Array(160))).toBe(-Infinity)
})
