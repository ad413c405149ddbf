/** Speaks the call script with a Debian synthesiser and lays the turns out on one time axis, a file for each party. */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { CrmStep, Party, Turn } from './call-script'
import { addClick, parsePcm, samplesOf, SAMPLE_RATE_HZ } from './pcm'

const run = promisify(execFile)

/** The two voices of Flite that the embedded engine hears best. */
const VOICES: Record<Party, string> = { technician: 'slt', customer: 'rms' }
/** Speech at about -20 dB below full scale on average, as a telephone gives it. */
const LEVEL = 'loudnorm=I=-20:TP=-3'

export type SpokenCall = {
  durationMs: number
  sounds: Record<Party, Int16Array>
  steps: { step: CrmStep; atMs: number }[]
  /** Where the clicks are in each party's sound; the first of all is the earliest. */
  clicks: Record<Party, number[]>
}

export type SpeakOptions = {
  script: readonly Turn[]
  tailMs: number
  cacheDir: string
  /** Adds a click in the middle of each pause, alternately to one party and the other. */
  withClicks: boolean
}

export async function speakCall({ script, tailMs, cacheDir, withClicks }: SpeakOptions): Promise<SpokenCall> {
  await mkdir(cacheDir, { recursive: true })
  const turns: { turn: Turn; sound: Int16Array; atMs: number }[] = []
  let atMs = 0
  for (const turn of script) {
    const sound = await speak(turn, cacheDir)
    atMs += turn.pauseMs
    turns.push({ turn, sound, atMs })
    atMs += Math.round((sound.length * 1_000) / SAMPLE_RATE_HZ)
  }
  const durationMs = atMs + tailMs
  const sounds: Record<Party, Int16Array> = { technician: new Int16Array(samplesOf(durationMs)), customer: new Int16Array(samplesOf(durationMs)) }
  const clicks: Record<Party, number[]> = { technician: [], customer: [] }
  turns.forEach(({ turn, sound, atMs }, index) => {
    sounds[turn.by].set(sound, samplesOf(atMs))
    if (withClicks) clicks[index % 2 === 0 ? 'technician' : 'customer'].push(atMs - Math.round(turn.pauseMs / 2))
  })
  for (const party of ['technician', 'customer'] as const) clicks[party].forEach((at) => addClick(sounds[party], at))
  const steps = turns.flatMap(({ turn, atMs }) => (turn.crm ? [{ step: turn.crm, atMs }] : []))
  return { durationMs, sounds, steps, clicks }
}

async function speak({ by, text }: Turn, cacheDir: string): Promise<Int16Array> {
  const name = createHash('sha256').update(JSON.stringify([VOICES[by], LEVEL, text])).digest('hex').slice(0, 24)
  const path = join(cacheDir, `${name}.s16`)
  if (!(await stat(path).catch(() => null))) await synthesise(VOICES[by], text, path)
  return parsePcm(await readFile(path))
}

/** The file appears whole or not at all, so that an interrupted set-up leaves nothing half spoken in the cache. */
async function synthesise(voice: string, text: string, path: string): Promise<void> {
  const draft = `${path}.${process.pid}`
  await run('flite', ['-voice', voice, '-t', text, '-o', `${draft}.wav`])
  await run('ffmpeg', ['-nostdin', '-v', 'error', '-y', '-i', `${draft}.wav`, '-af', LEVEL, '-ar', String(SAMPLE_RATE_HZ), '-ac', '1', '-f', 's16le', draft])
  await run('rm', ['-f', `${draft}.wav`])
  await rename(draft, path)
}
