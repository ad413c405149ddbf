/**
 * The sample call that anybody can load for himself, one at a time, and remove again.
 *
 * Its call is his own, recorded by a device that exists for it alone and can never connect. Only samples are removed this
 * way: their loader may, and an admin, who sees them all.
 */
import { hash, randomBytes } from 'node:crypto'
import { type CallId, callIdSchema, deviceIdSchema, makeCallId } from '@/protocol/ids'
import { recordAudit } from '../access/audit'
import { AccessError } from '../access/errors'
import type { Viewer } from '../access/sessions'
import type { Database } from '../database/client'
import type { CallFeed } from '../ingest/call-feed'
import type { AgentDevice } from '../ingest/check-entry'
import type { Ingest } from '../ingest/ingest'
import type { MediaStore } from '../media/media-store'
import { readRecordedCall } from './recorded-call'
import { makeSampleKey, type SampleKey, writeSample } from './write-sample'

const PROJECTION_LIMIT_MS = 10_000

export type RemovedSample = { fileCount: number; bytes: number }

type Deps = {
  database: Database
  media: MediaStore
  feed: CallFeed
  ingest: Pick<Ingest, 'append' | 'remove'>
  dropTasks: (callId: CallId) => Promise<void>
  /** `server/samples/recorded`. */
  recordedFolder: string
}

export class Samples {
  constructor(private readonly deps: Deps) {}

  /** The call, once its page can be opened; the same one while it is there. */
  async load(viewer: Viewer, address: string | null): Promise<CallId> {
    const key = makeSampleKey()
    const { callId, device } = await this.register(viewer, key, address)
    if (!device) return callId
    try {
      await this.write(callId, device, key)
    } catch (error) {
      // Half a sample helps nobody.
      await this.remove(viewer, callId, address)
      throw error
    }
    return callId
  }

  /** Removes the files, everything that was made of them, and the rows. Throws AccessError `not-allowed`. */
  async remove(viewer: Viewer, callId: CallId, address: string | null): Promise<RemovedSample> {
    const { database, media, feed, ingest, dropTasks } = this.deps
    const sample = await database.sampleCall.findUnique({ where: { callId } })
    if (!sample || !mayRemoveSample(viewer, sample)) throw AccessError.notAllowed()
    feed.publish('call.removed', { callId })
    await dropTasks(callId)
    const files = await media.list(callId)
    const removed = { fileCount: files.length, bytes: files.reduce((sum, file) => sum + file.bytes, 0) }
    // Files first: what is left after a crash is rows, and with them the way to remove it again.
    await ingest.remove(callId)
    await database.$transaction(async (transaction) => {
      await transaction.sampleCall.deleteMany({ where: { callId } })
      await transaction.call.deleteMany({ where: { id: callId } })
      await transaction.device.deleteMany({ where: { id: sample.deviceId } })
      await recordAudit(transaction, { verb: 'sample-removed', actorId: viewer.id, address, callId, userId: sample.userId, detail: removed })
    })
    return removed
  }

  /** Two presses at once load one sample: the second waits for the first and gets no device. */
  private async register(viewer: Viewer, { publicKey }: SampleKey, address: string | null): Promise<{ callId: CallId; device: AgentDevice | null }> {
    return this.deps.database.$transaction(async (transaction) => {
      await transaction.$queryRaw`select 1 from "User" where "id" = ${viewer.id}::uuid for update`
      const known = await transaction.sampleCall.findUnique({ where: { userId: viewer.id }, select: { callId: true } })
      if (known) return { callId: callIdSchema.parse(known.callId), device: null }
      const callId = makeCallId()
      const { id } = await transaction.device.create({
        data: { userId: viewer.id, name: 'Sample', publicKey, tokenHash: hash('sha256', randomBytes(32), 'hex'), agentVersion: '0.1.0', platform: 'sample', revokedAt: new Date() },
        select: { id: true },
      })
      await transaction.sampleCall.create({ data: { userId: viewer.id, callId, deviceId: id } })
      await recordAudit(transaction, { verb: 'sample-loaded', actorId: viewer.id, address, callId })
      return { callId, device: { id: deviceIdSchema.parse(id), publicKey, technician: { id: viewer.id, name: viewer.name } } }
    })
  }

  private async write(callId: CallId, device: AgentDevice, key: SampleKey): Promise<void> {
    const { ingest, feed, recordedFolder } = this.deps
    const recorded = await readRecordedCall(recordedFolder)
    const projected = untilProjected(feed, callId)
    await writeSample({
      ...{ recorded, callId, device, key, endedAt: new Date() },
      send: async (append) => {
        const { receipts, refusal } = await ingest.append(device, append)
        if (refusal) throw refusal
        return receipts
      },
    })
    await projected
  }
}

export const mayRemoveSample = (viewer: Viewer, sample: { userId: string }): boolean => viewer.role === 'admin' || viewer.id === sample.userId

/** Resolves with the closed call's row, or after the limit: it comes then whenever the database does. */
function untilProjected(feed: CallFeed, callId: CallId): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer)
      unfollow()
      resolve()
    }
    const timer = setTimeout(end, PROJECTION_LIMIT_MS)
    const unfollow = feed.on('call.projected', (event) => {
      if (event.callId === callId && event.state === 'closed') end()
    })
  })
}
