/** An agent in memory: recorder and spool on a fake clock, a desktop and a disk that tests can break. */
import { generateKeyPairSync, sign } from 'node:crypto'
import type { CallDeps } from '@/agent/call/call-factory'
import { CoachDesk } from '@/agent/coach/coach-desk'
import { VoiceDecoder } from '@/agent/coach/voice-decoder'
import { CallRecorder } from '@/agent/call/call-recorder'
import { FaultBoard } from '@/agent/call/fault-board'
import { LevelMeters } from '@/agent/call/level-meter'
import { RecoveryDesk } from '@/agent/call/recovery-desk'
import type { Signer } from '@/agent/call/running-call'
import { SoftphoneFollower } from '@/agent/call/softphone-follower'
import { Spool, type SetAside } from '@/agent/spool/spool'
import type { CallLog } from '@/agent/spool/call-log'
import type { SpoolFiles } from '@/agent/spool/spool-files'
import { parseLine, type LogEntry } from '@/protocol/entries'
import { deviceIdSchema, type CallId } from '@/protocol/ids'
import { checkLog } from '@/verify/check-log'
import type { Report } from '@/verify/report'
import { makeMemoryFolder } from '../verify/memory-folder'
import type { FakeClock } from './fake-clock'
import type { MemoryDriver } from './memory-driver'

export const SPOOL = '/spool'
export const TECHNICIAN = { id: 'b3c7e1a0-0000-4000-8000-000000000001', name: 'Dewi' }
export const DEVICE_ID = deviceIdSchema.parse('b3c7e1a0-0000-4000-8000-000000000002')

export function makeTestSigner(): Signer {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return { publicKey: publicKey.export({ format: 'jwk' }).x ?? '', sign: (message) => sign(null, message, privateKey).toString('base64url') }
}

export type TestAgentOptions = { clock: FakeClock; driver: MemoryDriver; files: SpoolFiles; signer?: Signer; limits?: { startBytes: number; recordBytes: number } }

export class TestAgent {
  private constructor(
    readonly recorder: CallRecorder,
    readonly coach: CoachDesk,
    readonly follower: SoftphoneFollower,
    readonly recovery: RecoveryDesk,
    readonly spool: Spool,
    readonly setAside: readonly SetAside[],
    readonly recovered: readonly CallLog[],
    readonly faults: FaultBoard,
    readonly opened: readonly CallLog[],
    readonly closed: readonly CallId[],
  ) {}

  static async start({ clock, driver, files, signer = makeTestSigner(), limits = { startBytes: 1_000, recordBytes: 1_000 } }: TestAgentOptions): Promise<TestAgent> {
    const { spool, calls, setAside } = await Spool.open(SPOOL, files, limits)
    const identity = { deviceId: DEVICE_ID, technician: TECHNICIAN, timeZone: 'Asia/Jakarta', agentVersion: 'test', consentRule: { jurisdiction: null, requires: 'not-configured' as const } }
    const deps: CallDeps = { spool, clock, signer, identity }
    const recovery = new RecoveryDesk(deps, calls, (_, error) => {
      throw error
    })
    const faults = new FaultBoard()
    const opened: CallLog[] = []
    const closed: CallId[] = []
    const recorder: CallRecorder = new CallRecorder(
      { ...deps, driver, faults, meters: await LevelMeters.make() },
      { onOpened: (log) => void opened.push(log), onKept: () => undefined, onAction: () => undefined, onClosed: (callId) => {
          closed.push(callId)
          coach.handleClosed()
        }, onStateChanged: () => coach.handleRecorderState() },
    )
    const follower: SoftphoneFollower = new SoftphoneFollower({ recorder, clock, candidate: recovery.candidate, closeCandidate: (call) => recovery.close(call), log: () => undefined })
    const coach: CoachDesk = new CoachDesk({ recorder, clock, faults, decoder: await VoiceDecoder.make(), openVoice: driver.openVoice, softphone: () => follower.followedCall, onChanged: () => undefined })
    const agent = new TestAgent(recorder, coach, follower, recovery, spool, setAside, calls.map(({ log }) => log), faults, opened, closed)
    await recovery.closeAtOnce()
    await driver.watchSoftphones(follower)
    return agent
  }

  /** The log of the call that runs or ran last. */
  get log(): CallLog {
    const log = this.opened.at(-1) ?? this.recovered.at(-1)
    if (!log) throw new Error('this agent has no call')
    return log
  }
}

export async function readEntries(log: CallLog): Promise<LogEntry[]> {
  await log.settled()
  return (await log.read(0, Infinity, Infinity)).map(({ line }) => parseLine(line))
}

/** What somebody who trusts nothing but the folder says of it. */
export async function verifyCall(files: SpoolFiles, { folder }: CallLog): Promise<Report> {
  const contents = new Map<string, Uint8Array>()
  for (const name of ['log.jsonl', 'technician.ogg', 'customer.ogg', 'mixed.ogg', 'coach.ogg', 'screen.mp4']) {
    const bytes = await files.read(`${folder}/${name}`)
    if (bytes.length > 0) contents.set(name, bytes)
  }
  return checkLog(makeMemoryFolder(contents))
}
