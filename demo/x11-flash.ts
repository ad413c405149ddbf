/**
 * A window that can be painted at a known instant, by the X11 protocol itself (X Window System Protocol, version 11): the
 * display answers a question only after it has carried out what was asked before, so the two bracket the painting.
 */
import { once } from 'node:events'
import { createConnection, type Socket } from 'node:net'

const LITTLE_ENDIAN = 0x6c
const CREATE_WINDOW = 1
const MAP_WINDOW = 8
const GET_INPUT_FOCUS = 43
const CREATE_GC = 55
const POLY_FILL_RECTANGLE = 70
const OVERRIDE_REDIRECT = 1 << 9
const BACKGROUND_PIXEL = 1 << 1
const FOREGROUND = 1 << 2
const INPUT_OUTPUT = 1
const REPLY_BYTES = 32

export type FlashWindow = {
  /** Fills the window with a colour such as 0xffffff; the painting lies between the two wall clocks. */
  paint(colour: number): Promise<{ fromWallMs: number; toWallMs: number }>
  close(): void
}

/** Above every other window and without a frame. `display` is like `:5`. */
export async function openFlashWindow(display: string, { xPx, yPx, widthPx, heightPx }: { xPx: number; yPx: number; widthPx: number; heightPx: number }): Promise<FlashWindow> {
  const socket = createConnection(`/tmp/.X11-unix/X${display.replace(/^:/, '').split('.')[0]}`)
  await once(socket, 'connect')
  const { rootId, firstId } = await shakeHands(socket)
  socket.write(request(CREATE_WINDOW, 0, [u32(firstId), u32(rootId), u16(xPx, yPx, widthPx, heightPx, 0, INPUT_OUTPUT), u32(0, BACKGROUND_PIXEL | OVERRIDE_REDIRECT, 0, 1)]))
  socket.write(request(MAP_WINDOW, 0, [u32(firstId)]))
  let nextId = firstId + 1
  return {
    async paint(colour) {
      const context = nextId++
      const fromWallMs = Date.now()
      socket.write(Buffer.concat([
        request(CREATE_GC, 0, [u32(context, firstId, FOREGROUND, colour)]),
        request(POLY_FILL_RECTANGLE, 0, [u32(firstId, context), u16(0, 0, widthPx, heightPx)]),
        request(GET_INPUT_FOCUS, 0, []),
      ]))
      await readBytes(socket, REPLY_BYTES)
      return { fromWallMs, toWallMs: Date.now() }
    },
    close: () => socket.destroy(),
  }
}

/** Root window of the first screen and the first of the ids that we may give. */
async function shakeHands(socket: Socket): Promise<{ rootId: number; firstId: number }> {
  socket.write(Buffer.concat([Buffer.of(LITTLE_ENDIAN, 0), u16(11, 0, 0, 0, 0)]))
  const head = await readBytes(socket, 8)
  const body = await readBytes(socket, head.readUInt16LE(6) * 4)
  if (head[0] !== 1) throw new Error(`the display refused the connection: ${body.toString('latin1', 0, head[1])}`)
  const firstId = body.readUInt32LE(4)
  const vendorBytes = Math.ceil(body.readUInt16LE(16) / 4) * 4
  const formatsBytes = body[21]! * 8
  return { rootId: body.readUInt32LE(32 + vendorBytes + formatsBytes), firstId }
}

async function readBytes(socket: Socket, count: number): Promise<Buffer> {
  for (;;) {
    // A socket without an encoding gives Buffers; Node's types allow for others.
    const bytes = socket.read(count) as Buffer | null
    if (bytes) return bytes
    await once(socket, 'readable')
  }
}

/** Lengths are in units of four bytes. */
function request(opcode: number, detail: number, parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  return Buffer.concat([Buffer.of(opcode, detail), u16((body.length + 4) / 4), body])
}

function u16(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2)
  values.forEach((value, index) => bytes.writeUInt16LE(value, index * 2))
  return bytes
}

function u32(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4)
  values.forEach((value, index) => bytes.writeUInt32LE(value, index * 4))
  return bytes
}
