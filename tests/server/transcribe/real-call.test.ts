import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { CallTranscriber } from '@/server/transcribe/call-transcriber'
import { markLeaks } from '@/server/transcribe/leak'
import { MoonshineEngine } from '@/server/transcribe/moonshine/moonshine-engine'
import { prepareModel } from '@/server/transcribe/prepare-model'
import { LocalSpeechService } from '@/server/transcribe/speech-service'
import type { Utterance } from '@/server/transcribe/utterances'
import { wordErrorRate } from '@/server/transcribe/word-error-rate'
import { LogBuilder } from '../../fixtures/log-builder'
import { addSounds, CALL_ID, encodeOpus, hangUp, makeTestMedia, readClip, storeLog } from './spoken-call'

const TECHNICIAN_SAYS = 'It will be seen that I did not succeed in my design and that however much I may have met with that was new and strange I have been unable to reap any pecuniary advantage'
const CUSTOMER_SAYS = 'He began a confused complaint against the wizard who had vanished behind the curtain on the left'

it('two real voices, one leaking into the other track, each get their own words and no others', async () => {
  const test = await makeTestMedia()
  const speech = new LocalSpeechService(await MoonshineEngine.load(await prepareModel({ modelsDir: resolve('models') })))
  const [technician, answer] = [await readClip('libri-2412-153948-0001.flac'), await readClip('libri-61-70968-0000.flac')]
  const customer = new Float32Array(18_000 * 16)
  technician.forEach((sample, index) => void (customer[index + 400] = 0.3 * sample))
  customer.set(answer, 12_500 * 16)
  const sounds = [{ track: 'technician' as const, atMs: 0, packets: await encodeOpus(technician) }, { track: 'customer' as const, atMs: 0, packets: await encodeOpus(customer) }]
  await storeLog(test.media, hangUp(addSounds(new LogBuilder(), sounds), 18_000))

  const heard: Utterance[] = []
  const onUtterance = (utterance: Utterance) => Promise.resolve(void heard.push(utterance))
  const transcriber = new CallTranscriber({ callId: CALL_ID, media: test.media, speech, priority: 'live', vocabulary: [], storedEnds: new Map(), signal: undefined, onUtterance })
  await transcriber.advance()
  const { utterances, report } = await markLeaks(heard, transcriber.envelopes)
  await speech.dispose()
  await test.dispose()

  const textOf = (track: string) => utterances.filter((utterance) => utterance.track === track && utterance.leakedFrom === null).map(({ text }) => text).join(' ')
  expect(wordErrorRate(TECHNICIAN_SAYS, textOf('technician'))).toBeLessThan(0.1)
  expect(wordErrorRate(CUSTOMER_SAYS, textOf('customer'))).toBeLessThan(0.1)
  expect(report).toMatchObject([{ from: 'technician', into: 'customer' }])
  expect(Math.abs(report[0]!.levelDb - 20 * Math.log10(0.3))).toBeLessThan(2)
  expect(heard.find(({ track, startMs }) => track === 'customer' && startMs < 9_000)).toBeDefined()
})
