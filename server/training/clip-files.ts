/**
 * The files of clips: cut when a clip is added, when its call's playback file is made, or when somebody opens it and its file
 * is not there; one after the other.
 *
 * A file belongs to one version of the playback file. Made again (because something was taken out, say) that has another
 * version: the files cut before are removed with it, and none of them is ever given out again. A cut that failed is not tried
 * again of the same version by itself.
 */
import type { CallId } from '@/protocol/ids'
import type { Database } from '../database/client'
import { JobError } from '../jobs/errors'
import { type ClipStretch, clipFile, makeClip, removeClipFiles } from '../jobs/make-clip'
import { PLAYBACK_FILE } from '../jobs/playback-file'
import { RunningTasks } from '../jobs/running-tasks'
import type { Log } from '../log'
import type { MediaStore } from '../media/media-store'

/** `no-playback`: the call could not be made playable, or is not on this server. */
export type CutFailure = 'no-playback' | 'ffmpeg-missing' | 'not-cut'
/** How it is with a clip's file. `waiting`: for the playback file; `making`: it is cut now, or when those before it are. */
export type Cut = { state: 'ready'; file: string; version: number } | { state: 'waiting' } | { state: 'making' } | { state: 'failed'; reason: CutFailure }

type Deps = { database: Database; media: MediaStore; log: Pick<Log, 'error'> }

export class ClipFiles {
  private readonly running = new RunningTasks()
  private readonly stopping = new AbortController()
  private readonly making = new Map<string, Promise<void>>()
  /** By clip: which file could not be cut. */
  private readonly failed = new Map<string, { file: string; reason: CutFailure }>()
  private lastMade: Promise<void> = Promise.resolve()

  constructor(private readonly deps: Deps) {}

  /** Begins to cut a file that is not there, and does not wait for it. */
  async find(clip: ClipStretch): Promise<Cut> {
    const playback = await this.findPlayback(clip.callId)
    if (playback.state !== 'ready') return playback
    const { version } = playback
    const file = clipFile(clip.id, version)
    if ((await this.deps.media.findSize(clip.callId, file)) !== null) return { state: 'ready', file, version }
    const failure = this.failed.get(clip.id)
    if (failure?.file === file) return { state: 'failed', reason: failure.reason }
    this.begin(clip, file)
    return { state: 'making' }
  }

  /** So that whoever plays it first need not wait. */
  makeSoon(clip: ClipStretch): void {
    this.find(clip).catch((cause: unknown) => this.deps.log.error(`clip ${clip.id} of call ${clip.callId} could not be cut; it is tried again when somebody opens it`, cause))
  }

  /** Of a call whose playback file was just made. */
  makeAllSoon(callId: CallId): void {
    const begin = async (): Promise<void> => {
      for (const clip of await this.deps.database.clip.findMany({ where: { callId }, select: { id: true, startMs: true, endMs: true } })) await this.find({ ...clip, callId })
    }
    begin().catch((cause: unknown) => this.deps.log.error(`the clips of call ${callId} could not be cut; each is tried again when somebody opens it`, cause))
  }

  /** Though it failed before. */
  async makeAgain(clip: ClipStretch): Promise<void> {
    this.failed.delete(clip.id)
    await this.find(clip)
  }

  async remove(callId: CallId, clipId: string): Promise<void> {
    this.failed.delete(clipId)
    await removeClipFiles(this.deps.media, callId, clipId)
  }

  /** For a call that is being removed: resolves when nothing is cut from it any more; nothing is begun again. */
  drop(callId: CallId): Promise<void> {
    return this.running.drop(callId)
  }

  async dispose(): Promise<void> {
    this.stopping.abort()
    await Promise.all(this.making.values())
  }

  /** The version is when the file was made. */
  private async findPlayback(callId: CallId): Promise<{ state: 'ready'; version: number } | Exclude<Cut, { state: 'ready' }>> {
    const task = await this.deps.database.callTask.findUnique({ where: { callId_kind: { callId, kind: 'playback' } }, select: { state: true, finishedAt: true } })
    if (task?.state === 'failed') return { state: 'failed', reason: 'no-playback' }
    if (task?.state !== 'done' || task.finishedAt === null) return { state: 'waiting' }
    // Another server of the installation may have the call.
    const isHere = (await this.deps.media.findSize(callId, PLAYBACK_FILE)) !== null
    return isHere ? { state: 'ready', version: task.finishedAt.getTime() } : { state: 'failed', reason: 'no-playback' }
  }

  private begin(clip: ClipStretch, file: string): void {
    if (this.making.has(file) || this.stopping.signal.aborted) return
    const made = this.lastMade
      .then(() => this.make(clip, file))
      .catch((cause: unknown) => this.keepFailure(clip, file, cause))
      .finally(() => this.making.delete(file))
    this.lastMade = made
    this.making.set(file, made)
  }

  private keepFailure({ id, callId }: ClipStretch, file: string, cause: unknown): void {
    if (this.stopping.signal.aborted) return
    this.failed.set(id, { file, reason: cause instanceof JobError && cause.reason === 'ffmpeg-missing' ? cause.reason : 'not-cut' })
    this.deps.log.error(`clip ${id} of call ${callId} could not be cut; it is tried again when somebody asks for it on its page`, cause)
  }

  private make(clip: ClipStretch, file: string): Promise<void> {
    const { media } = this.deps
    return this.running.run(clip.callId, this.stopping.signal, async (signal) => {
      signal.throwIfAborted()
      await makeClip(media, clip, file, signal)
      await removeClipFiles(media, clip.callId, clip.id, (await this.isWanted(clip, file)) ? file : undefined)
    })
  }

  /** It may have been removed, or the playback file been made again, in the meantime. */
  private async isWanted(clip: ClipStretch, file: string): Promise<boolean> {
    const playback = await this.findPlayback(clip.callId)
    return playback.state === 'ready' && clipFile(clip.id, playback.version) === file && (await this.deps.database.clip.count({ where: { id: clip.id } })) > 0
  }
}
