/**
 * The files of clips: cut when a clip is added, or when somebody plays it and its file is not there, one after the other.
 *
 * A file belongs to one version of the playback file. Made again (because something was taken out, say) that has another
 * version: the files cut before are removed with it, and none of them is ever given out again.
 */
import type { CallId } from '@/protocol/ids'
import type { Database } from '../database/client'
import { type ClipStretch, clipFile, makeClip, removeClipFiles } from '../jobs/make-clip'
import { RunningTasks } from '../jobs/running-tasks'
import type { Log } from '../log'
import type { MediaStore } from '../media/media-store'

type Deps = { database: Database; media: MediaStore; log: Pick<Log, 'error'> }

export class ClipFiles {
  private readonly running = new RunningTasks()
  private readonly stopping = new AbortController()
  private readonly making = new Map<string, Promise<void>>()
  private lastMade: Promise<unknown> = Promise.resolve()

  constructor(private readonly deps: Deps) {}

  /** The clip's file, cut first where it is not there; `null` while the call has no playback file. Rejects with JobError. */
  async get(clip: ClipStretch): Promise<{ file: string; version: number } | null> {
    const version = await this.findVersion(clip.callId)
    if (version === null) return null
    const file = clipFile(clip.id, version)
    if ((await this.deps.media.findSize(clip.callId, file)) === null) await this.makeOnce(clip, file)
    return (await this.findVersion(clip.callId)) === version ? { file, version } : null
  }

  /** So that whoever plays it first need not wait. */
  makeSoon(clip: ClipStretch): void {
    this.get(clip).catch((cause: unknown) => {
      if (!this.stopping.signal.aborted) this.deps.log.error(`clip ${clip.id} of call ${clip.callId} could not be cut; it is tried again when somebody plays it`, cause)
    })
  }

  async remove(callId: CallId, clipId: string): Promise<void> {
    await removeClipFiles(this.deps.media, callId, clipId)
  }

  /** For a call that is being removed: resolves when nothing is cut from it any more; nothing is begun again. */
  drop(callId: CallId): Promise<void> {
    return this.running.drop(callId)
  }

  async dispose(): Promise<void> {
    this.stopping.abort()
    await Promise.allSettled(this.making.values())
  }

  /** When the playback file was made; `null` also while it is being made again. */
  private async findVersion(callId: CallId): Promise<number | null> {
    const task = await this.deps.database.callTask.findUnique({ where: { callId_kind: { callId, kind: 'playback' } }, select: { state: true, finishedAt: true } })
    return task?.state === 'done' ? (task.finishedAt?.getTime() ?? null) : null
  }

  private makeOnce(clip: ClipStretch, file: string): Promise<void> {
    const known = this.making.get(file)
    if (known) return known
    const made = this.lastMade.then(() => this.make(clip, file)).finally(() => this.making.delete(file))
    this.lastMade = made.catch(() => undefined) // told to whoever waits for it
    this.making.set(file, made)
    return made
  }

  private make(clip: ClipStretch, file: string): Promise<void> {
    const { database, media } = this.deps
    return this.running.run(clip.callId, this.stopping.signal, async (signal) => {
      signal.throwIfAborted()
      await makeClip(media, clip, file, signal)
      // It may have been removed, or the playback file been made again, in the meantime.
      const version = await this.findVersion(clip.callId)
      const isWanted = version !== null && clipFile(clip.id, version) === file && (await database.clip.count({ where: { id: clip.id } })) > 0
      await removeClipFiles(media, clip.callId, clip.id, isWanted ? file : undefined)
    })
  }
}
