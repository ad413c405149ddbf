import { expect, test } from 'vitest'
import { Lag } from '@/server/live/lag'
import { PacketBacklog } from '@/server/live/packet-backlog'

const fill = (backlog: PacketBacklog, count: number, fromMs = 0): boolean[] => Array.from({ length: count }, (_, index) => backlog.push({ atMs: fromMs + index * 20, bytes: Uint8Array.of(index % 256) }))

test('a batch waits until it is worth a request', () => {
  const backlog = new PacketBacklog()
  fill(backlog, 11)
  expect(backlog.take()).toBeNull()
  fill(backlog, 1, 220)
  expect(backlog.take()).toMatchObject({ atMs: 0, endMs: 240, isAfterHole: true })
  expect(backlog.take()).toBeNull()
})

test('a batch ends at a hole and at five seconds; only what follows a hole says so', () => {
  const backlog = new PacketBacklog()
  fill(backlog, 3)
  fill(backlog, 300, 1_000)
  const batches = [backlog.take(), backlog.take(), backlog.take()].map((batch) => [batch!.atMs, batch!.packets.length, batch!.isAfterHole])
  expect(batches).toEqual([[0, 3, true], [1_000, 250, true], [6_000, 50, false]])
})

test('what came before is refused; of more than half a minute the oldest go', () => {
  const backlog = new PacketBacklog()
  expect(fill(backlog, 2)).toEqual([true, true])
  expect(fill(backlog, 2)).toEqual([false, false])
  fill(backlog, 4_000, 40)
  let packets = 0
  let firstMs: number | null = null
  for (let batch = backlog.take(); batch; batch = backlog.take()) {
    firstMs ??= batch.atMs
    packets += batch.packets.length
  }
  expect(packets).toBe(1_500)
  expect(firstMs).toBe(40 + 2_500 * 20)
})

test('packets do not keep the message in memory that they came in', () => {
  const backlog = new PacketBacklog()
  const message = new Uint8Array(1_000_000)
  for (let index = 0; index < 12; index++) backlog.push({ atMs: index * 20, bytes: message.subarray(index, index + 1) })
  expect(backlog.take()!.packets.every((packet) => packet.buffer.byteLength === 1)).toBe(true)
})

test('lag counts from when the first sound came that is not understood', () => {
  const lag = new Lag()
  expect(lag.ms(5_000)).toBe(0)
  lag.come(200, 1_000)
  lag.come(400, 1_200)
  lag.come(600, 1_400)
  expect(lag.ms(2_000)).toBe(1_000)
  lag.reach(200)
  expect(lag.ms(2_000)).toBe(800)
  lag.reach(450)
  expect(lag.ms(2_000)).toBe(600)
  lag.reach(600)
  expect(lag.ms(2_000)).toBe(0)
})

test('what comes for hours and is not understood is counted in bounded memory', () => {
  const lag = new Lag()
  for (let atMs = 0; atMs < 3_600_000; atMs += 200) lag.come(atMs, atMs)
  expect(lag.ms(3_600_000)).toBe(3_600_000)
  lag.reach(3_600_000)
  expect(lag.ms(3_600_000)).toBe(0)
})
