/** Real speech with its text: the shared set beside the repository when it is there, otherwise the three clips of the tests. */
import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { SPEECH_SAMPLE_RATE_HZ } from '@/server/transcribe/engine'

const run = promisify(execFile)
const SHARED = resolve('..', 'shared', 'data', 'speech')
const OWN = resolve('tests', 'fixtures', 'speech')

/** Word, its beginning and its end in seconds. */
const timedWordSchema = z.tuple([z.string(), z.number(), z.number()])
const clipSchema = z.object({ file: z.string(), text: z.string(), band: z.enum(['wide', 'telephone']).default('wide'), words: z.array(timedWordSchema).optional() })
const callSchema = z.object({ technician: z.string(), customer: z.string(), telephone: z.boolean(), sentences: z.array(z.object({ track: z.string(), text: z.string(), words: z.array(timedWordSchema) })) })

export type Clip = z.infer<typeof clipSchema> & { path: string; /** Spoken by a synthesiser: good for times, no measure of words. */ isSynthetic: boolean }
export type SpeechData = { name: string; clips: Clip[]; /** Pairs of files: technician, customer. */ calls: { technician: string; customer: string }[] }

export function findSpeechData(): SpeechData {
  if (!existsSync(join(SHARED, 'real.jsonl'))) {
    const clips = z.array(clipSchema).parse(JSON.parse(readFileSync(join(OWN, 'clips.json'), 'utf8')))
    const paths = clips.map((clip) => ({ ...clip, path: join(OWN, clip.file), isSynthetic: false }))
    return { name: `${clips.length} clips of tests/fixtures/speech (the shared set is not here)`, clips: paths, calls: [{ technician: paths[1]!.path, customer: paths[2]!.path }] }
  }
  const real = readFileSync(join(SHARED, 'real.jsonl'), 'utf8').trim().split('\n').map((line) => clipSchema.parse(JSON.parse(line)))
  const calls = ['call1_roaming', 'call2_router', 'call5_billing_tel'].map((name) => callSchema.parse(JSON.parse(readFileSync(join(SHARED, 'calls', `${name}.json`), 'utf8'))))
  const spoken = calls.flatMap((call) =>
    (['technician', 'customer'] as const).map((track): Clip => {
      const own = call.sentences.filter((sentence) => sentence.track === track)
      const band = call.telephone ? 'telephone' : 'wide'
      return { file: call[track], path: join(SHARED, call[track]), text: own.map(({ text }) => text).join(' '), band, words: own.flatMap(({ words }) => words), isSynthetic: true }
    }),
  )
  return {
    name: `${real.length} real utterances of ../shared/data/speech`,
    clips: [...real.map((clip) => ({ ...clip, path: join(SHARED, clip.file), isSynthetic: false })), ...spoken],
    calls: calls.map(({ technician, customer }) => ({ technician: join(SHARED, technician), customer: join(SHARED, customer) })),
  }
}

/** Mono samples at the rate that engines listen at. */
export async function readSound(path: string): Promise<Float32Array> {
  const { stdout } = await run('ffmpeg', ['-v', 'error', '-i', path, '-f', 'f32le', '-ar', String(SPEECH_SAMPLE_RATE_HZ), '-ac', '1', 'pipe:1'], { encoding: 'buffer', maxBuffer: 1 << 30 })
  return new Float32Array(stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + stdout.length))
}
