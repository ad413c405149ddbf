/** A process between the agent and the server that counts what the agent sends. Argument: the server's port. */
import { createConnection, createServer, type AddressInfo } from 'node:net'

export type WireCount = { messages: number; bytes: number }

const count: WireCount = { messages: 0, bytes: 0 }

/** Counts the frames of a web socket after its handshake (RFC 6455, 5.2). */
function makeFrameCounter(): (bytes: Buffer) => void {
  let held = Buffer.alloc(0)
  let toSkip = 0
  let isShakingHands = true
  return (bytes) => {
    held = Buffer.concat([held, bytes])
    if (isShakingHands) {
      const end = held.indexOf('\r\n\r\n')
      if (end === -1) return
      isShakingHands = false
      held = held.subarray(end + 4)
    }
    for (;;) {
      const skipped = Math.min(toSkip, held.length)
      toSkip -= skipped
      held = held.subarray(skipped)
      if (held.length < 14 && (held.length < 2 || held.length < headerBytes(held))) return
      toSkip = headerBytes(held) + payloadBytes(held)
      count.messages += 1
    }
  }
}

const lengthMark = (frame: Buffer): number => frame[1]! & 0x7f
const headerBytes = (frame: Buffer): number => 2 + (frame[1]! & 0x80 ? 4 : 0) + ({ 126: 2, 127: 8 }[lengthMark(frame)] ?? 0)
const payloadBytes = (frame: Buffer): number => (lengthMark(frame) === 126 ? frame.readUInt16BE(2) : lengthMark(frame) === 127 ? Number(frame.readBigUInt64BE(2)) : lengthMark(frame))

const server = createServer({ noDelay: true }, (agent) => {
  const onward = createConnection({ port: Number(process.argv[2]), host: '127.0.0.1', noDelay: true })
  const countFrames = makeFrameCounter()
  agent.on('data', (bytes) => {
    count.bytes += bytes.length
    countFrames(bytes)
  })
  agent.pipe(onward).pipe(agent)
  for (const end of [agent, onward]) {
    end.on('error', () => {
      agent.destroy()
      onward.destroy()
    })
  }
})
process.on('message', () => process.send!(count))
process.on('disconnect', () => process.exit())
server.listen(0, '127.0.0.1', () => process.send!({ port: (server.address() as AddressInfo).port }))
