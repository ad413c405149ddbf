/**
 * The calls on this disk whose closing receipt has not come in yet: one folder a call, named by its id.
 *
 * Opening the spool is also its recovery: each log is read in full, a torn tail is cut off in the log and in every track
 * file together, and a folder that a crash cannot explain is set aside, so that the others go on.
 */
import { join } from 'node:path'
import { LOG_FILE } from '@/protocol/entries'
import { callIdSchema, type CallId } from '@/protocol/ids'
import { trackFile, trackSchema, type Track } from '@/protocol/tracks'
import { CallLog } from './call-log'
import { SpoolError } from './errors'
import { PendingItems, readPendingItems, type MediaItem } from './pending-items'
import { scanLog, type LogScan } from './scan-log'
import type { SpoolFiles } from './spool-files'

const SET_ASIDE = 'set-aside'
const PENDING = 'pending'
const ORIGIN_FILE = 'origin.json'
const NEWLINE = 0x0a

/** With less free space a call is not begun; an hour takes about 40 MB. */
export const MIN_FREE_TO_START_BYTES = 500_000_000
/** With less a running call keeps its log but records no more media. */
export const MIN_FREE_TO_RECORD_BYTES = 100_000_000

export type SpoolLimits = { startBytes: number; recordBytes: number }
export type RecoveredCall = {
  log: CallLog
  /** Packets of chunks that were not finished. */
  pending: ReadonlyMap<Track, MediaItem[]>
  /** What each track's file holds. */
  written: ReadonlyMap<Track, Uint8Array>
  /** What `create` was given, if it can still be read. */
  origin: unknown
}
export type SetAside = { callId: string; folder: string; error: SpoolError }

export class Spool {
  private constructor(
    readonly folder: string,
    private readonly files: SpoolFiles,
    private readonly limits: SpoolLimits,
  ) {}

  static async open(
    folder: string,
    files: SpoolFiles,
    limits: SpoolLimits = { startBytes: MIN_FREE_TO_START_BYTES, recordBytes: MIN_FREE_TO_RECORD_BYTES },
  ): Promise<{ spool: Spool; calls: RecoveredCall[]; setAside: SetAside[] }> {
    await files.makeFolder(folder)
    const spool = new Spool(folder, files, limits)
    const calls: RecoveredCall[] = []
    const setAside: SetAside[] = []
    for (const name of await files.list(folder)) {
      if (name === SET_ASIDE) continue
      try {
        const call = await spool.recover(name)
        if (call) calls.push(call)
      } catch (error) {
        if (!(error instanceof SpoolError)) throw error
        setAside.push({ callId: name, folder: await spool.setAside(name), error })
      }
    }
    return { spool, calls, setAside }
  }

  /** `origin` tells a later agent what the call came from. Rejects with `disk-full` when a call should not be begun. */
  async create(callId: CallId, origin: unknown): Promise<CallLog> {
    const freeBytes = await this.files.freeBytes(this.folder)
    if (freeBytes < this.limits.startBytes) throw SpoolError.diskFull(freeBytes, this.limits.startBytes, this.folder)
    await this.files.makeFolder(this.pathOf(callId))
    await this.files.makeFolder(join(this.pathOf(callId), PENDING))
    const file = this.files.openScratch(join(this.pathOf(callId), ORIGIN_FILE))
    file.replace(Buffer.from(JSON.stringify(origin)))
    file.close()
    return CallLog.create(callId, this.pathOf(callId), this.files)
  }

  async hasRoom(): Promise<boolean> {
    return (await this.files.freeBytes(this.folder)) >= this.limits.recordBytes
  }

  openPending(callId: CallId, track: Track): PendingItems {
    return new PendingItems(this.files.openScratch(join(this.pathOf(callId), PENDING, track)))
  }

  /** Only after the closing receipt: the server has all of it. */
  async remove(log: CallLog): Promise<void> {
    await log.close()
    await this.files.remove(log.folder)
  }

  private async recover(name: string): Promise<RecoveredCall | null> {
    const id = callIdSchema.safeParse(name)
    if (!id.success) throw SpoolError.corrupt(name, 'its folder is not named by a call id')
    const folder = this.pathOf(id.data)
    const tracks = new Map<Track, Uint8Array>()
    for (const track of trackSchema.options) tracks.set(track, await this.files.read(join(folder, trackFile(track))))
    const bytes = await this.files.read(join(folder, LOG_FILE))
    const scan = scanLog(bytes, tracks)
    if (scan.damage?.isSealed) throw SpoolError.corrupt(name, scan.damage.problem)
    if (scan.lines.length === 0) {
      if (bytes.includes(NEWLINE)) throw SpoolError.corrupt(name, scan.damage?.problem ?? 'its first entry cannot be read')
      // Crashed before its first entry was whole: nothing had been recorded.
      await this.files.remove(folder)
      return null
    }
    if (scan.summary.open?.callId !== id.data) throw SpoolError.corrupt(name, 'its log begins with another call')
    await this.cutTornTail(folder, scan, tracks)
    const pending = new Map<Track, MediaItem[]>()
    for (const track of trackSchema.options) pending.set(track, readPendingItems(await this.files.read(join(folder, PENDING, track))))
    await this.files.makeFolder(join(folder, PENDING))
    const written = new Map([...tracks].map(([track, content]) => [track, content.subarray(0, scan.trackBytes.get(track) ?? 0)]))
    return { log: await CallLog.reopen(id.data, folder, this.files, scan), pending, written, origin: parseOrigin(await this.files.read(join(folder, ORIGIN_FILE))) }
  }

  private async cutTornTail(folder: string, scan: LogScan, tracks: ReadonlyMap<Track, Uint8Array>): Promise<void> {
    if (scan.damage) await this.files.truncate(join(folder, LOG_FILE), scan.logBytes)
    for (const [track, bytes] of tracks) {
      const wholeBytes = scan.trackBytes.get(track) ?? 0
      if (bytes.length > wholeBytes) await this.files.truncate(join(folder, trackFile(track)), wholeBytes)
    }
  }

  private async setAside(name: string): Promise<string> {
    await this.files.makeFolder(join(this.folder, SET_ASIDE))
    const target = join(this.folder, SET_ASIDE, `${name}-${Date.now()}`)
    await this.files.move(join(this.folder, name), target)
    return target
  }

  private readonly pathOf = (callId: CallId): string => join(this.folder, callId)
}

/** Not synced, so a loss of power may have torn it; the call is then as one that was begun by hand. */
function parseOrigin(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return null
  }
}
