/** "Ready means tested": each thing that a call needs is tried for real, one verdict a line. */
import { MAX_VERDICT_LENGTH, type ReadyResult, type Verdict } from '@/protocol/ready'
import { agentCommand } from '@/protocol/agent-command'
import type { AudioPacket, AudioSource, CaptureDriver } from '../capture/ports'
import type { AgentConfig } from '../config/agent-config'
import type { SpoolFiles } from '../spool/spool-files'
import { connect, HEARS_NOTHING } from '../uplink/connection'
import { decodePackets, makeDecoder, toneShare } from './tone-detector'
import { rmsDb, VoiceDetector } from './voice-detector'

const TONE_HZ = 1_000
const TONE_MS = 800
/** Enough to read the request, to find the microphone's switch and to speak. */
const VOICE_LIMIT_MS = 8_000
const LOOK_EVERY_MS = 100
const FRAME_LIMIT_MS = 6_000
const TONE_SHARE = 0.5

export type ReadyDeps = {
  driver: CaptureDriver
  files: SpoolFiles
  spoolFolder: string
  /** `null` when this computer is not paired. */
  config: AgentConfig | null
  agentVersion: string
  /** Asks the person for something. */
  ask: (request: string) => void
  wait: (ms: number) => Promise<void>
}

/** Answers when everything was tried; `onVerdict` hears of each as it is known. A note does not keep anybody from taking calls. */
export async function checkReady(deps: ReadyDeps, onVerdict: (verdict: Verdict) => void): Promise<ReadyResult> {
  const checks: [name: string, run: (deps: ReadyDeps) => Promise<Omit<Verdict, 'name'>>][] = [
    ['microphone', checkMicrophone],
    ['speaker', checkSpeaker],
    ['screen', checkScreen],
    ['disk', checkDisk],
    ['server', checkServer],
  ]
  const verdicts: Verdict[] = []
  for (const [name, run] of checks) {
    const outcome = await run(deps).catch((error: unknown) => bad((error instanceof Error ? error.message : String(error)).slice(0, MAX_VERDICT_LENGTH), `Run "${agentCommand('doctor')}".`))
    const verdict = { name, ...outcome }
    verdicts.push(verdict)
    onVerdict(verdict)
  }
  return { v: 1, testedAt: new Date().toISOString(), isReady: verdicts.every(({ state }) => state !== 'bad'), verdicts }
}

async function checkMicrophone({ driver, ask, wait }: ReadyDeps): Promise<Omit<Verdict, 'name'>> {
  const detector = new VoiceDetector()
  const decoder = await makeDecoder()
  let packetCount = 0
  let fault: string | null = null
  const onItem = ({ bytes }: AudioPacket): void => {
    if (packetCount++ === 0) ask('Say a word, as loud as in a call…')
    detector.push(rmsDb(decoder.decodeFrame(bytes).channelData[0] ?? new Float32Array()))
  }
  const capture = driver.openAudio('mixed', { kind: 'microphone', device: null }, { onItem, onFault: ({ detail }) => (fault = detail) })
  try {
    for (let waitedMs = 0; waitedMs < VOICE_LIMIT_MS && fault === null && detector.voiceDb === null; waitedMs += LOOK_EVERY_MS) await wait(LOOK_EVERY_MS)
  } finally {
    await capture.stop()
    decoder.free()
  }
  const { voiceDb, noiseDb } = detector
  if (voiceDb !== null) return ok(`it heard you at ${voiceDb.toFixed(0)} dB, ${(voiceDb - noiseDb).toFixed(0)} dB above its noise`)
  if (packetCount === 0 || fault !== null) return bad(fault ?? 'it delivers nothing', 'Plug in a headset and choose it in the sound settings.')
  if (detector.isSilent) return bad('it delivers digital silence', 'It is muted, or the wrong one: look at the switch on the headset and at the sound settings, and try again.')
  return bad(`no voice was heard in ${VOICE_LIMIT_MS / 1_000} s, only noise at ${noiseDb.toFixed(0)} dB`, 'Speak when you are asked to. If you did, choose the right microphone in the sound settings and turn it up.')
}

async function checkSpeaker({ driver, wait }: ReadyDeps): Promise<Omit<Verdict, 'name'>> {
  const play = async (): Promise<void> => {
    await wait(300)
    await driver.playTone(TONE_HZ, TONE_MS)
    await wait(300)
  }
  const { packets, fault } = await listen(driver, { kind: 'speaker', device: null }, play)
  if (packets.length === 0) return warn(`a tone was played, but the speaker cannot be listened to: ${fault ?? 'it delivers nothing'}`, 'Make sure that you heard it.')
  const share = toneShare(await decodePackets(packets), TONE_HZ)
  if (share < TONE_SHARE) return bad('the tone that was played did not come out', 'Unmute the speaker and choose the right one in the sound settings.')
  return ok(`the tone came out (${Math.round(Math.min(1, share) * 100)} % of what was heard)`)
}

async function checkScreen({ driver, wait }: ReadyDeps): Promise<Omit<Verdict, 'name'>> {
  const startedMs = performance.now()
  let frames = 0
  let fault: string | null = null
  const capture = await driver.openScreen({ onItem: () => frames++, onFault: ({ detail }) => (fault = detail) })
  try {
    while (frames === 0 && performance.now() - startedMs < FRAME_LIMIT_MS) await wait(20)
  } finally {
    await capture.stop()
  }
  if (frames === 0) return bad(fault ?? 'no picture came', 'Check that you are logged in to an X11 session.')
  return ok(`${capture.size.widthPx}×${capture.size.heightPx}, first picture after ${Math.round(performance.now() - startedMs)} ms`)
}

async function checkDisk({ files, spoolFolder, config }: ReadyDeps): Promise<Omit<Verdict, 'name'>> {
  await files.makeFolder(spoolFolder)
  const freeMb = Math.floor((await files.freeBytes(spoolFolder)) / 1_000_000)
  const neededMb = config?.minFreeToStartMb ?? 500
  return freeMb < neededMb ? bad(`${freeMb} MB free, ${neededMb} MB are needed`, `Free some space on the disk that holds ${spoolFolder}.`) : ok(`${freeMb} MB free`)
}

async function checkServer({ config, agentVersion }: ReadyDeps): Promise<Omit<Verdict, 'name'>> {
  if (!config) return bad('this computer is not paired with a server', `Run "${agentCommand('pair <address of the server>')}".`)
  const connection = await connect(config, HEARS_NOTHING)
  try {
    const startedMs = performance.now()
    const reply = await connection.hello({ agentVersion, callIds: [] })
    if (!reply.ok) return bad(reply.message, 'Pair this computer again, or ask an administrator.')
    return ok(`${config.serverUrl} answers ${reply.technician.name} in ${(performance.now() - startedMs).toFixed(0)} ms`)
  } finally {
    connection.close()
  }
}

async function listen(driver: CaptureDriver, source: AudioSource, during: () => Promise<void>): Promise<{ packets: Uint8Array[]; fault: string | null }> {
  const packets: Uint8Array[] = []
  let fault: string | null = null
  const capture = driver.openAudio('mixed', source, { onItem: ({ bytes }) => packets.push(bytes), onFault: ({ detail }) => (fault = detail) })
  try {
    await during()
  } finally {
    await capture.stop()
  }
  return { packets, fault }
}

const ok = (found: string): Omit<Verdict, 'name'> => ({ state: 'ok', found, remedy: null })
const warn = (found: string, remedy: string): Omit<Verdict, 'name'> => ({ state: 'warn', found, remedy })
const bad = (found: string, remedy: string): Omit<Verdict, 'name'> => ({ state: 'bad', found, remedy })
