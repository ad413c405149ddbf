/** Against a display that only lets in: what happens when it goes. */
import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { makeRequest, X11Connection } from '@/agent/capture/linux/x11-connection'

const FIRST_PORT = 6_000
const QUESTION = [makeRequest(43, 0)] // GetInputFocus
const CLOSED = /closed the connection/

let display: Server
let client: Promise<Socket>
let connection: X11Connection
beforeEach(async () => {
  display = createServer()
  client = once(display, 'connection').then(([socket]: Socket[]) => {
    socket!.once('data', () => socket!.write(admission()))
    return socket!
  })
  display.listen(0, '127.0.0.1')
  await once(display, 'listening')
  const { port } = display.address() as AddressInfo
  connection = await X11Connection.open({ DISPLAY: `127.0.0.1:${port - FIRST_PORT}` }, () => undefined)
})
afterEach(() => {
  connection.close()
  display.close()
})

it('tells whoever waits for an answer that the display has gone', async () => {
  const answer = expect(connection.ask(QUESTION)).rejects.toThrow(CLOSED)
  ;(await client).destroy()
  await answer
})

it('refuses a question after that', async () => {
  ;(await client).destroy()
  await connection.ended
  await expect(connection.ask(QUESTION)).rejects.toThrow(CLOSED)
})

/** Success, without vendor, formats and depths. */
function admission(): Buffer {
  const body = Buffer.alloc(72)
  const head = Buffer.alloc(8)
  head[0] = 1
  head.writeUInt16LE(body.length / 4, 6)
  return Buffer.concat([head, body])
}
