import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { MoonshineEngine } from '@/server/transcribe/moonshine/moonshine-engine'
import { prepareModel } from '@/server/transcribe/prepare-model'
import { Segmenter } from '@/server/transcribe/segmenter'
import { wordErrorRate } from '@/server/transcribe/word-error-rate'
import { textOfWords } from '@/server/transcribe/words'
import { CLIPS, readClip } from './spoken-call'

const clips = z.array(z.object({ file: z.string(), text: z.string() })).parse(JSON.parse(readFileSync(join(CLIPS, 'clips.json'), 'utf8')))

describe('the embedded engine', () => {
  let engine: MoonshineEngine
  beforeAll(async () => {
    engine = await MoonshineEngine.load(await prepareModel({ modelsDir: resolve('models') }))
  })

  it.each(clips)('hears $file nearly without an error', async ({ file, text }) => {
    const { words } = await engine.transcribe(await readClip(file))
    expect(wordErrorRate(text, textOfWords(words))).toBeLessThanOrEqual(0.06)
  })

  it('gives words in order, within the sound, with a confidence', async () => {
    const samples = await readClip(clips[0]!.file)
    const { words } = await engine.transcribe(samples)
    const starts = words.map(({ startMs }) => startMs)
    expect(starts).toEqual(starts.toSorted((a, b) => a - b))
    expect(words.at(-1)!.endMs).toBeLessThanOrEqual(samples.length / 16)
    expect(words.every(({ startMs, endMs, confidence }) => endMs > startMs && confidence > 0 && confidence <= 1)).toBe(true)
  })

  it('moves every word when the sound begins later', async () => {
    const samples = await readClip(clips[0]!.file)
    const late = new Float32Array(samples.length + 16_000)
    late.set(samples, 16_000)
    const [early, moved] = [(await engine.transcribe(samples)).words, (await engine.transcribe(late)).words]
    const shifts = early.flatMap((word, index) => (moved[index]?.text === word.text ? [Math.abs(moved[index].startMs - word.startMs - 1_000)] : [])).toSorted((a, b) => a - b)
    expect(shifts.length).toBeGreaterThan(10)
    expect(shifts[shifts.length >> 1]).toBeLessThanOrEqual(50)
  })

  it('hears nothing in noise', async () => {
    let seed = 1
    const noise = Float32Array.from({ length: 48_000 }, () => ((seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647 - 0.5) * 0.1)
    expect(await engine.transcribe(noise)).toEqual({ words: [] })
  })

  it('detects the same speech in one piece and in chunks', async () => {
    const samples = await readClip(clips[1]!.file)
    const whole = (await engine.detectSpeech(samples, null)).probabilities
    let memory = null
    const inChunks: number[] = []
    for (let from = 0; from < samples.length; from += 7_000) {
      const detection = await engine.detectSpeech(samples.subarray(from, from + 7_000), memory)
      memory = detection.memory
      inChunks.push(...detection.probabilities)
    }
    expect(inChunks).toEqual([...whole])
    const segmenter = new Segmenter()
    const [stretch] = [...segmenter.push(whole), ...segmenter.finish()]
    expect((stretch!.endFrame - stretch!.startFrame) * 32).toBeGreaterThan(3_000)
  })

  it('leans towards a term of the vocabulary without losing the rest', async () => {
    const samples = await readClip(clips[0]!.file)
    const { words } = await engine.transcribe(samples, { vocabulary: ['vanished', 'roaming'] })
    expect(wordErrorRate(clips[0]!.text, textOfWords(words))).toBeLessThanOrEqual(0.06)
  })
})
