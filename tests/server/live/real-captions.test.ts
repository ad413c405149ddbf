import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import type { LiveWords } from '@/protocol/live-messages'
import { addLiveWords } from '@/protocol/live-words'
import { LiveCaptions } from '@/server/live/captions'
import { MoonshineEngine } from '@/server/transcribe/moonshine/moonshine-engine'
import { prepareModel } from '@/server/transcribe/prepare-model'
import { wordErrorRate } from '@/server/transcribe/word-error-rate'
import { CALL_ID, encodeOpus, readClip } from '../transcribe/spoken-call'
import { HeldSpeech } from './held-speech'

const SAID = 'It will be seen that I did not succeed in my design and that however much I may have met with that was new and strange I have been unable to reap any pecuniary advantage'

it('a real voice is read along while it speaks, and in the end as it was said', async () => {
  const speech = new HeldSpeech(await MoonshineEngine.load(await prepareModel({ modelsDir: resolve('models') })))
  const clip = await readClip('libri-2412-153948-0001.flac')
  const sound = new Float32Array(clip.length + 16_000)
  sound.set(clip)
  const told: LiveWords[] = []
  let nowMs = 0
  const captions = new LiveCaptions({ speech, log: { warn: (message) => expect.fail(message) }, nowMs: () => nowMs, listener: { onWords: (_, words) => void told.push(...words), onState: () => expect.fail('captions were late') } })
  captions.follow(CALL_ID)
  const packets = await encodeOpus(sound)
  for (let from = 0; from < packets.length; from += 10) {
    nowMs += 200
    captions.push(CALL_ID, packets.slice(from, from + 10).map((bytes, index) => ({ track: 'customer', atMs: (from + index) * 20, bytes, isKey: true })))
    await speech.settle()
  }
  await captions.dispose()
  await speech.dispose()

  const partials = told.filter(({ isFinal }) => !isFinal)
  expect(partials.length).toBeGreaterThan(10)
  expect(partials.some(({ text }) => /^It will be seen that I did not succeed/.test(text))).toBe(true)
  for (const partial of partials) expect(partial.endMs).toBeLessThanOrEqual(sound.length / 16)
  const text = told.reduce<LiveWords[]>(addLiveWords, []).map((words) => words.text).join(' ')
  expect(wordErrorRate(SAID, text)).toBeLessThan(0.1)
}, 120_000)
