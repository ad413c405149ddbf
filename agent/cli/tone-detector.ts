/** Whether a tone is in recorded sound: the share of its energy at that frequency (Goertzel 1958). */
import { OpusDecoder } from 'opus-decoder'

const DECODE_HZ = 8_000
/** Below -60 dB it is the codec's own noise. */
const AUDIBLE_POWER = 1e-6

export async function makeDecoder(): Promise<OpusDecoder<typeof DECODE_HZ>> {
  const decoder = new OpusDecoder({ channels: 1, sampleRate: DECODE_HZ })
  await decoder.ready
  return decoder
}

export async function decodePackets(packets: readonly Uint8Array[]): Promise<Float32Array> {
  const decoder = await makeDecoder()
  const samples = decoder.decodeFrames([...packets]).channelData[0] ?? new Float32Array()
  decoder.free()
  return samples
}

/** Between 0 and about 1, in the tenth of a second that holds most of it. */
export function toneShare(samples: Float32Array, frequencyHz: number): number {
  const windowSize = DECODE_HZ / 10
  let best = 0
  for (let start = 0; start + windowSize <= samples.length; start += windowSize) {
    const window = samples.subarray(start, start + windowSize)
    const energy = window.reduce((sum, sample) => sum + sample * sample, 0)
    if (energy > windowSize * AUDIBLE_POWER) best = Math.max(best, (2 * goertzelPower(window, frequencyHz)) / (windowSize * energy))
  }
  return best
}

function goertzelPower(window: Float32Array, frequencyHz: number): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * frequencyHz) / DECODE_HZ)
  let [before, last] = [0, 0]
  for (const sample of window) [before, last] = [last, sample + coefficient * last - before]
  return last * last + before * before - coefficient * last * before
}
