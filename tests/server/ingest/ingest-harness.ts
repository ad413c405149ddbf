/** An ingest on real files in a folder of its own, which can be stopped as a crash stops it and opened again. */
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CallFeed, type CallFeedEvents } from '@/server/ingest/call-feed'
import { Ingest } from '@/server/ingest/ingest'
import { openServerKey } from '@/server/ingest/server-key'
import { makeFileMediaStore } from '@/server/media/file-media-store'
import type { Log } from '@/server/log'
import type { MediaStore } from '@/server/media/media-store'

export const quietLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined }

export async function makeTestFolder() {
  const dir = await mkdtemp(join(tmpdir(), 'callwitness-ingest-'))
  return { dir, [Symbol.asyncDispose]: () => rm(dir, { recursive: true, force: true }) }
}

export async function openTestIngest(dir: string, wrapStore = (store: MediaStore): MediaStore => store) {
  const store = makeFileMediaStore(join(dir, 'media'))
  const feed = new CallFeed(quietLog)
  const events: { name: keyof CallFeedEvents; event: CallFeedEvents[keyof CallFeedEvents] }[] = []
  for (const name of ['call.opened', 'call.appended', 'call.closed', 'call.refused'] as const) feed.on(name, (event) => events.push({ name, event }))
  const serverKey = await openServerKey(dir)
  const ingest = await Ingest.open({ dataDir: dir, store: wrapStore(store), feed, serverKey, log: quietLog })
  return { ingest, store, feed, events, serverKey, [Symbol.asyncDispose]: () => ingest.dispose().finally(() => store.dispose()) }
}

/** What a crash leaves: a copy of the folder as it is now, without anything being finished. */
export async function copyAsAfterCrash(dir: string): Promise<Awaited<ReturnType<typeof makeTestFolder>>> {
  const copy = await makeTestFolder()
  await cp(dir, copy.dir, { recursive: true })
  return copy
}
