/** A process between the agent and the server that counts what the agent sends. Argument: the server's port. */
import { createConnection, createServer, type AddressInfo } from 'node:net'
import { makeFrameCounter } from './frame-counter'

export type WireCount = { messages: number; bytes: number }

const count: WireCount = { messages: 0, bytes: 0 }

const server = createServer({ noDelay: true }, (agent) => {
  const onward = createConnection({ port: Number(process.argv[2]), host: '127.0.0.1', noDelay: true })
  const countFrames = makeFrameCounter()
  let frames = 0
  agent.on('data', (bytes) => {
    const framesNow = countFrames(bytes)
    count.messages += framesNow - frames
    frames = framesNow
    count.bytes += bytes.length
  })
  agent.pipe(onward).pipe(agent)
  const giveUp = (): void => {
    agent.destroy()
    onward.destroy()
  }
  agent.on('error', giveUp)
  onward.on('error', giveUp)
})
process.on('message', () => process.send!(count))
process.on('disconnect', () => process.exit())
server.listen(0, '127.0.0.1', () => process.send!({ port: (server.address() as AddressInfo).port }))
