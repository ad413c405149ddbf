/** A media store that forgets: for tests of what uses one. Kept honest by the same suite as the real one. */
/* eslint-disable @typescript-eslint/require-await -- async makes what is thrown a rejection, as it is in the real store */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { Readable } from 'node:stream'
import type { CallId } from '@/protocol/ids'
import { assertCallFile, assertDerivedFile } from './call-files'
import { MediaError } from './errors'
import type { MediaStore } from './media-store'

export function makeMemoryMediaStore(): MediaStore {
  const calls = new Map<CallId, Map<string, Buffer>>()
  const find = (callId: CallId, file: string): Buffer | undefined => {
    assertCallFile(file)
    return calls.get(callId)?.get(file)
  }
  const get = (callId: CallId, file: string): Buffer => {
    const bytes = find(callId, file)
    if (!bytes) throw MediaError.missing(callId, file)
    return bytes
  }
  const put = (callId: CallId, file: string, bytes: Buffer): void => {
    calls.set(callId, (calls.get(callId) ?? new Map<string, Buffer>()).set(file, bytes))
  }

  return {
    async write(callId, file, offsetBytes, bytes) {
      const before = find(callId, file) ?? Buffer.alloc(0)
      if (offsetBytes > before.length) throw MediaError.hole(file, before.length, offsetBytes)
      put(callId, file, Buffer.concat([before.subarray(0, offsetBytes), bytes, before.subarray(offsetBytes + bytes.length)]))
    },
    async truncate(callId, file, sizeBytes) {
      const before = find(callId, file)
      if (before) put(callId, file, before.subarray(0, sizeBytes))
    },
    async sync() {
      // Memory is as durable as it will ever be.
    },
    async findSize(callId, file) {
      return find(callId, file)?.length ?? null
    },
    async read(callId, file, fromByte = 0, toByte = Infinity) {
      return Buffer.from(get(callId, file).subarray(fromByte, toByte))
    },
    stream(callId, file, fromByte = 0, toByte = Infinity) {
      return Readable.from([get(callId, file).subarray(fromByte, toByte)])
    },
    async replace(callId, file, content) {
      assertCallFile(file)
      const parts: Uint8Array[] = []
      for await (const bytes of content instanceof Uint8Array ? [content] : content) parts.push(bytes)
      put(callId, file, Buffer.concat(parts))
    },
    async removeDerived(callId, file) {
      assertDerivedFile(file)
      calls.get(callId)?.delete(file)
    },
    async withLocalFile(callId, file, use) {
      const folder = await mkdtemp(join(tmpdir(), 'callwitness-media-'))
      try {
        const path = join(folder, basename(file))
        await writeFile(path, get(callId, file))
        return await use(path)
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    },
    async list(callId) {
      return [...(calls.get(callId) ?? [])].map(([file, bytes]) => ({ file, bytes: bytes.length })).sort((a, b) => (a.file < b.file ? -1 : 1))
    },
    async listCalls() {
      return [...calls.keys()]
    },
    async deleteCall(callId) {
      calls.delete(callId)
    },
    async dispose() {
      calls.clear()
    },
  }
}
