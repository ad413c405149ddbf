/** What survives a crash of the server: everything that it has acknowledged. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ReplicaHead } from '@/protocol/agent-messages'
import type { AgentDevice } from '@/server/ingest/check-entry'
import { copyAsAfterCrash, makeTestFolder, openTestIngest } from './ingest-harness'
import { makeTestDevice, SampleCall, type TestDevice } from './sample-call'

let folder: Awaited<ReturnType<typeof makeTestFolder>>
let device: TestDevice
let call: SampleCall

beforeEach(async () => {
  folder = await makeTestFolder()
  device = makeTestDevice()
  call = new SampleCall(device)
})
afterEach(() => folder[Symbol.asyncDispose]())

/** Ingests the sample and leaves the folder as a crash right after the acknowledgement leaves it. */
async function crashAfterIngesting(): Promise<Awaited<ReturnType<typeof makeTestFolder>>> {
  await using server = await openTestIngest(folder.dir)
  await server.ingest.append(device, call.batch())
  return copyAsAfterCrash(folder.dir)
}
const mediaPath = (dir: string, name: string): string => join(dir, 'media', call.callId, name)
const headOf = async (dir: string): Promise<ReplicaHead> => {
  await using server = await openTestIngest(dir)
  return (await server.ingest.head(device, call.callId)).head
}

describe('kill -9', () => {
  it('loses nothing that was acknowledged, over and over', async () => {
    const acknowledged = new Map<string, ReplicaHead & { device: AgentDevice }>()
    for (let round = 0; round < 3; round++) {
      const child = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'ingest-process.ts'), folder.dir], { stdio: ['ignore', 'pipe', 'inherit'] })
      let lines = 0
      for await (const line of createInterface({ input: child.stdout })) {
        const head = JSON.parse(line) as ReplicaHead & { device: AgentDevice }
        acknowledged.set(head.callId, head)
        if (++lines === 200) child.kill('SIGKILL')
      }
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
      expect(child.signalCode).toBe('SIGKILL')
    }
    await using server = await openTestIngest(folder.dir)
    expect(acknowledged.size).toBe(24)
    for (const { callId, seq, hash, device: owner } of acknowledged.values()) {
      const { head } = await server.ingest.head(owner, callId)
      expect(head.seq).toBeGreaterThanOrEqual(seq)
      if (head.seq === seq) expect(head.hash).toBe(hash)
      expect((await server.ingest.fetch(owner, callId, seq)).length).toBeGreaterThan(0)
    }
  })
})

describe('power loss', () => {
  it('makes the files of the calls again from the journal when none of them reached the disk', async () => {
    call.seconds(5).seal()
    await using crashed = await crashAfterIngesting()
    await rm(join(crashed.dir, 'media'), { recursive: true })
    expect(await headOf(crashed.dir)).toMatchObject({ seq: call.lastSeq, hash: call.lastHash })
  })

  it('writes over what reached the disk in part', async () => {
    call.seconds(5)
    await using crashed = await crashAfterIngesting()
    await truncate(mediaPath(crashed.dir, 'log.jsonl'), 700)
    await writeFile(mediaPath(crashed.dir, 'customer.ogg'), Buffer.alloc(1_500))
    await using server = await openTestIngest(crashed.dir)
    expect((await server.ingest.head(device, call.callId)).head.seq).toBe(call.lastSeq)
    const entries = await server.ingest.fetch(device, call.callId, 0)
    expect(entries.map(({ payload }) => payload && Buffer.from(payload))).toEqual(call.entries.map(({ payload }) => payload && Buffer.from(payload)))
  })

  it('drops a torn end of the journal', async () => {
    call.seconds(2)
    await using crashed = await crashAfterIngesting()
    const [name] = await readdir(join(crashed.dir, 'journal'))
    const path = join(crashed.dir, 'journal', name!)
    await appendFile(path, (await readFile(path)).subarray(8, 200))
    expect(await headOf(crashed.dir)).toMatchObject({ seq: call.lastSeq, hash: call.lastHash })
  })
})

describe('after a restart', () => {
  it('takes a repeated batch as known and goes on behind it', async () => {
    call.seconds(3).seal()
    await using crashed = await crashAfterIngesting()
    await using server = await openTestIngest(crashed.dir)
    const again = await server.ingest.append(device, call.batch())
    expect(again).toMatchObject({ refusal: null, head: { seq: call.lastSeq } })
    expect(server.events).toEqual([])
    const next = await server.ingest.append(device, call.second().batch(8))
    expect(next).toMatchObject({ refusal: null, head: { seq: call.lastSeq, hash: call.lastHash } })
  })

  it('gives a seal the receipt that it was given before', async () => {
    call.second().seal()
    let before: unknown
    {
      await using server = await openTestIngest(folder.dir)
      before = (await server.ingest.append(device, call.batch())).receipts
    }
    await using server = await openTestIngest(folder.dir)
    expect((await server.ingest.append(device, call.batch(3))).receipts).toEqual(before)
  })

  it('still refuses a fork, and what comes after a close', async () => {
    call.seconds(2).close()
    await crashAfterIngesting().then((crashed) => crashed[Symbol.asyncDispose]())
    await using server = await openTestIngest(folder.dir)
    const fork = new SampleCall(device, call.callId).action()
    expect((await server.ingest.append(device, fork.batch())).refusal?.reason).toBe('fork')
    expect((await server.ingest.append(device, call.action().batch(call.lastSeq))).refusal?.reason).toBe('closed')
  })
})

describe('files that were restored from a copy made in mid-write', () => {
  const ingestAndStop = async () => {
    await using server = await openTestIngest(folder.dir)
    await server.ingest.append(device, call.batch())
  }

  it('cuts a torn line, and the chunk that it announced', async () => {
    call.seconds(3)
    await ingestAndStop()
    const log = await readFile(mediaPath(folder.dir, 'log.jsonl'))
    await truncate(mediaPath(folder.dir, 'log.jsonl'), log.length - 10)
    expect((await headOf(folder.dir)).seq).toBe(call.lastSeq - 1)
    expect((await readFile(mediaPath(folder.dir, 'customer.ogg'))).length).toBe(600)
  })

  it('cuts the lines whose chunk is torn, in every track together', async () => {
    call.seconds(3)
    await ingestAndStop()
    await truncate(mediaPath(folder.dir, 'technician.ogg'), 700)
    expect((await headOf(folder.dir)).seq).toBe(4)
    expect((await readFile(mediaPath(folder.dir, 'technician.ogg'))).length).toBe(600)
    expect((await readFile(mediaPath(folder.dir, 'customer.ogg'))).length).toBe(600)
    await using server = await openTestIngest(folder.dir)
    expect((await server.ingest.append(device, call.batch(4))).head.seq).toBe(call.lastSeq)
  })

  it('changes nothing where a line in the middle is damaged', async () => {
    call.seconds(3)
    await ingestAndStop()
    const log = await readFile(mediaPath(folder.dir, 'log.jsonl'))
    log[log.indexOf('\n') + 3]! ^= 1
    await writeFile(mediaPath(folder.dir, 'log.jsonl'), log)
    await expect(headOf(folder.dir)).rejects.toMatchObject({ reason: 'storage', message: expect.stringContaining('damaged at entry 1') as string })
    expect((await readFile(mediaPath(folder.dir, 'log.jsonl'))).equals(log)).toBe(true)
  })

  it('changes nothing of a closed call', async () => {
    call.seconds(3).close().seal()
    await ingestAndStop()
    await truncate(mediaPath(folder.dir, 'technician.ogg'), 700)
    await expect(headOf(folder.dir)).rejects.toMatchObject({ reason: 'storage' })
    expect((await readFile(mediaPath(folder.dir, 'customer.ogg'))).length).toBe(900)
  })
})

describe('a disk that fails', () => {
  it('refuses, keeps nothing in memory that is not on the disk, and goes on when it works again', async () => {
    let isFull = false
    await using server = await openTestIngest(folder.dir, (store) => {
      const write = store.write.bind(store)
      return Object.assign(store, { write: (...args: Parameters<typeof write>) => (isFull ? Promise.reject(new Error('ENOSPC')) : write(...args)) })
    })
    call.seconds(4)
    await server.ingest.append(device, call.batch(0, 3))
    isFull = true
    await expect(server.ingest.append(device, call.batch(3, 5))).rejects.toMatchObject({ reason: 'storage' })
    isFull = false
    expect((await server.ingest.head(device, call.callId)).head.seq).toBe(2)
    expect((await server.ingest.append(device, call.batch(3))).head).toMatchObject({ seq: call.lastSeq, hash: call.lastHash })
  })
})
