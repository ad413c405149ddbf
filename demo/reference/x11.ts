/**
 * As much of the X11 protocol as it takes to show a window and fill it: alignment is measured against the instant at which
 * the display itself has carried out a drawing, which no tool that is started for each flash can tell.
 * X Window System Protocol, X Version 11, Release 7 (https://www.x.org/releases/X11R7.7/doc/xproto/x11protocol.html).
 */
import { connect, type Socket } from 'node:net'

const LITTLE_ENDIAN = 0x6c
const OPCODE = { createWindow: 1, mapWindow: 8, raiseWindow: 12, getInputFocus: 43, createGc: 55, fillRectangles: 70 } as const
const OVERRIDE_REDIRECT = 0x200
const BACKGROUND_PIXEL = 0x2
const GC_FOREGROUND = 0x4
const CONFIGURE_STACK_MODE = 0x40
const ABOVE = 0
const MESSAGE_BYTES = 32

export type Area = { x: number; y: number; widthPx: number; heightPx: number }
/** Wall-clock milliseconds between which the display drew. */
export type Drawn = { beforeMs: number; afterMs: number }

export class FlashWindow {
  private readonly contexts = new Map<number, number>()
  private nextId: number

  private constructor(private readonly socket: Socket, private readonly reader: Reader, private readonly window: number, firstFreeId: number, private readonly area: Area) {
    this.nextId = firstFreeId
  }

  /** `display` as in DISPLAY: `:7`. The window stands above all others and no window manager touches it. */
  static async open(display: string, area: Area): Promise<FlashWindow> {
    const number = /^:(\d+)/.exec(display)?.[1]
    if (number === undefined) throw new Error(`a local display such as ":7" was expected, not "${display}"`)
    const socket = connect(`/tmp/.X11-unix/X${number}`)
    const reader = new Reader(socket)
    socket.write(Buffer.from([LITTLE_ENDIAN, 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0]))
    const { idBase, root } = parseSetup(await reader.readSetup())
    const flash = new FlashWindow(socket, reader, idBase, idBase + 1, area)
    flash.createWindow(root)
    flash.socket.write(request(OPCODE.mapWindow, 0, [flash.window]))
    await flash.roundTrip()
    return flash
  }

  /** Fills the window with a colour, `0xrrggbb`. */
  async fill(pixel: number): Promise<Drawn> {
    const { widthPx, heightPx } = this.area
    const context = this.contextOf(pixel)
    const beforeMs = wallNowMs()
    this.socket.write(Buffer.concat([
      request(OPCODE.raiseWindow, 0, [this.window, CONFIGURE_STACK_MODE, ABOVE]),
      request(OPCODE.fillRectangles, 0, [this.window, context, 0, (heightPx << 16) | widthPx]),
    ]))
    await this.roundTrip()
    return { beforeMs, afterMs: wallNowMs() }
  }

  close(): void {
    this.socket.destroy()
  }

  /** The display answers in order, so the answer means that everything before has been carried out. */
  private async roundTrip(): Promise<void> {
    this.socket.write(request(OPCODE.getInputFocus, 0, []))
    await this.reader.readReply()
  }

  private createWindow(root: number): void {
    const { x, y, widthPx, heightPx } = this.area
    this.socket.write(request(OPCODE.createWindow, 0, [this.window, root, (y << 16) | x, (heightPx << 16) | widthPx, 0, 0, BACKGROUND_PIXEL | OVERRIDE_REDIRECT, 0, 1]))
  }

  private contextOf(pixel: number): number {
    const known = this.contexts.get(pixel)
    if (known !== undefined) return known
    const id = this.nextId++
    this.contexts.set(pixel, id)
    this.socket.write(request(OPCODE.createGc, 0, [id, this.window, GC_FOREGROUND, pixel]))
    return id
  }
}

function request(opcode: number, detail: number, words: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 + words.length * 4)
  bytes[0] = opcode
  bytes[1] = detail
  bytes.writeUInt16LE(1 + words.length, 2)
  words.forEach((word, index) => bytes.writeUInt32LE(word >>> 0, 4 + index * 4))
  return bytes
}

/** Of the server's first answer: the base of our ids, and the root window of the first screen. */
function parseSetup(setup: Buffer): { idBase: number; root: number } {
  if (setup[0] !== 1) throw new Error(`the display refused the connection: ${setup.subarray(8).toString('latin1')}`)
  const vendorBytes = Math.ceil(setup.readUInt16LE(24) / 4) * 4
  const formatBytes = setup[29]! * 8
  return { idBase: setup.readUInt32LE(12), root: setup.readUInt32LE(40 + vendorBytes + formatBytes) }
}

/** Waits for as many bytes as the next message has. */
class Reader {
  private bytes = Buffer.alloc(0)
  private wake: () => void = () => undefined
  private fault: Error | null = null

  constructor(socket: Socket) {
    socket.on('data', (bytes) => {
      this.bytes = Buffer.concat([this.bytes, bytes])
      this.wake()
    })
    socket.on('error', (error) => {
      this.fault = error
      this.wake()
    })
  }

  async readSetup(): Promise<Buffer> {
    const head = await this.peek(8)
    return this.take(8 + head.readUInt16LE(6) * 4)
  }

  /** Skips events; throws on an error message. */
  async readReply(): Promise<Buffer> {
    for (;;) {
      const head = await this.peek(MESSAGE_BYTES)
      if (head[0] === 0) throw new Error(`the display answered with error ${head[1]} to request ${head[10]}`)
      if (head[0] === 1) return this.take(MESSAGE_BYTES + head.readUInt32LE(4) * 4)
      await this.take(MESSAGE_BYTES)
    }
  }

  private async take(length: number): Promise<Buffer> {
    const message = await this.peek(length)
    this.bytes = this.bytes.subarray(length)
    return message
  }

  private async peek(length: number): Promise<Buffer> {
    while (this.bytes.length < length) {
      if (this.fault) throw this.fault
      await new Promise<void>((resolve) => (this.wake = resolve))
    }
    return this.bytes.subarray(0, length)
  }
}

const wallNowMs = (): number => performance.timeOrigin + performance.now()
