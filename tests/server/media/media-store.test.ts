/** One suite for every media store. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { makeCallId, type CallId } from '@/protocol/ids'
import { makeFileMediaStore } from '@/server/media/file-media-store'
import type { MediaStore } from '@/server/media/media-store'
import { makeMemoryMediaStore } from '@/server/media/memory-media-store'

const dir = await mkdtemp(join(tmpdir(), 'callwitness-media-test-'))
afterAll(() => rm(dir, { recursive: true, force: true }))

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const text = (value: Uint8Array): string => new TextDecoder().decode(value)

describe.each<[string, () => MediaStore]>([
  ['files', () => makeFileMediaStore(dir)],
  ['memory', makeMemoryMediaStore],
])('media store in %s', (_name, make) => {
  let store: MediaStore
  let callId: CallId
  beforeEach(() => {
    store = make()
    callId = makeCallId()
    return () => store.dispose()
  })

  it('reads back what was written, whole and in ranges', async () => {
    await store.write(callId, 'log.jsonl', 0, bytes('hello '))
    await store.write(callId, 'log.jsonl', 6, bytes('world'))
    expect(text(await store.read(callId, 'log.jsonl'))).toBe('hello world')
    expect(text(await store.read(callId, 'log.jsonl', 4, 8))).toBe('o wo')
    expect(text(await store.read(callId, 'log.jsonl', 9, 99))).toBe('ld')
    expect((await store.read(callId, 'log.jsonl', 50)).length).toBe(0)
  })

  it('writes the same bytes twice to the same effect', async () => {
    await store.write(callId, 'screen.mp4', 0, bytes('abcdef'))
    await store.write(callId, 'screen.mp4', 2, bytes('cd'))
    expect(text(await store.read(callId, 'screen.mp4'))).toBe('abcdef')
  })

  it('refuses to leave a hole', async () => {
    await store.write(callId, 'customer.ogg', 0, bytes('abc'))
    await expect(store.write(callId, 'customer.ogg', 4, bytes('e'))).rejects.toMatchObject({ reason: 'hole' })
    expect(await store.findSize(callId, 'customer.ogg')).toBe(3)
  })

  it('takes a derived file away, and nothing that is not derived', async () => {
    await store.replace(callId, 'derived/peaks.json', bytes('{}'))
    await store.write(callId, 'log.jsonl', 0, bytes('kept'))
    await store.removeDerived(callId, 'derived/peaks.json')
    await store.removeDerived(callId, 'derived/peaks.json')
    await expect(store.removeDerived(callId, 'log.jsonl')).rejects.toMatchObject({ reason: 'bad-name' })
    expect(await store.list(callId)).toEqual([{ file: 'log.jsonl', bytes: 4 }])
  })

  it('cuts a file and goes on from there', async () => {
    await store.write(callId, 'customer.ogg', 0, bytes('abcdef'))
    await store.truncate(callId, 'customer.ogg', 2)
    await store.truncate(callId, 'customer.ogg', 5)
    await store.truncate(callId, 'mixed.ogg', 5)
    await store.write(callId, 'customer.ogg', 2, bytes('X'))
    expect(text(await store.read(callId, 'customer.ogg'))).toBe('abX')
    expect(await store.findSize(callId, 'mixed.ogg')).toBeNull()
  })

  it.each(['../x', '/etc/passwd', 'derived/../log.jsonl', 'derived/', 'evil.ogg', 'derived/a/b', ''])('refuses the name "%s"', async (file) => {
    await expect(store.write(callId, file, 0, bytes('x'))).rejects.toMatchObject({ reason: 'bad-name' })
    expect(await store.list(callId)).toEqual([])
  })

  it('says that a file is missing', async () => {
    expect(await store.findSize(callId, 'log.jsonl')).toBeNull()
    await expect(store.read(callId, 'log.jsonl')).rejects.toMatchObject({ reason: 'missing' })
    await expect(store.withLocalFile(callId, 'log.jsonl', () => Promise.resolve(1))).rejects.toMatchObject({ reason: 'missing' })
  })

  it('streams a range', async () => {
    await store.write(callId, 'technician.ogg', 0, bytes('0123456789'))
    const parts: Uint8Array[] = []
    for await (const part of store.stream(callId, 'technician.ogg', 3, 7)) parts.push(part as Uint8Array)
    expect(text(Buffer.concat(parts))).toBe('3456')
  })

  it('replaces a file whole', async () => {
    await store.replace(callId, 'derived/peaks.json', bytes('old and long'))
    await store.replace(callId, 'derived/peaks.json', Readable.from([bytes('n'), bytes('ew')]))
    expect(text(await store.read(callId, 'derived/peaks.json'))).toBe('new')
  })

  it('keeps the old file when its replacement fails half-way', async () => {
    await store.replace(callId, 'derived/peaks.json', bytes('old'))
    const failing = Readable.from((function* () {
      yield bytes('new')
      throw new Error('the source broke')
    })())
    await expect(store.replace(callId, 'derived/peaks.json', failing)).rejects.toThrow('the source broke')
    expect(text(await store.read(callId, 'derived/peaks.json'))).toBe('old')
    expect(await store.list(callId)).toEqual([{ file: 'derived/peaks.json', bytes: 3 }])
  })

  it('lends a file of this machine', async () => {
    await store.write(callId, 'technician.ogg', 0, bytes('sound'))
    expect(await store.withLocalFile(callId, 'technician.ogg', (path) => readFile(path, 'utf8'))).toBe('sound')
  })

  it('lists files and calls and deletes a call', async () => {
    await store.write(callId, 'log.jsonl', 0, bytes('abc'))
    await store.replace(callId, 'derived/playback.mp4', bytes('de'))
    await store.sync(callId)
    expect(await store.list(callId)).toEqual([{ file: 'derived/playback.mp4', bytes: 2 }, { file: 'log.jsonl', bytes: 3 }])
    expect(await store.listCalls()).toContain(callId)
    await store.deleteCall(callId)
    await store.deleteCall(callId)
    expect(await store.listCalls()).not.toContain(callId)
  })
})

describe('media store in files', () => {
  it('leaves no draft behind and keeps each call in its own folder', async () => {
    const store = makeFileMediaStore(dir)
    const callId = makeCallId()
    await Promise.all(Array.from({ length: 8 }, (_, index) => store.replace(callId, 'derived/peaks.json', bytes(`version ${index}`))))
    expect(await readdir(join(dir, callId, 'derived'))).toEqual(['peaks.json'])
    await store.dispose()
  })
})
