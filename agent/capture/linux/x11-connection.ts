/**
 * A connection to an X display, with as much of the X Window System Protocol, version 11, as grabbing a key needs: questions
 * one after another, and the events in between. Nothing is asked of the display, nor of this process, while nothing happens.
 */
import { once } from 'node:events'
import { createConnection, type Socket } from 'node:net'
import { CaptureError } from '../errors'
import type { Environment } from './child'
import { findCookie } from './x11-cookie'

const LITTLE_ENDIAN = 0x6c
const PROTOCOL_MAJOR = 11
const COOKIE_PROTOCOL = 'MIT-MAGIC-COOKIE-1'
/** Of errors, events and the fixed part of replies. */
const PACKET_BYTES = 32
const ERROR = 0
const REPLY = 1
const TCP_PORT = 6_000

/** `keycodes` are those that a key of this display may have, both inclusive. */
export type X11Screen = { rootId: number; keycodes: { first: number; last: number } }
type Question = { resolve: (answer: { reply: Buffer; errorCodes: number[] }) => void; reject: (error: Error) => void; errorCodes: number[] }

export class X11Connection {
  /** Resolves when the connection has ended, for whatever reason. */
  readonly ended: Promise<void>
  private question: Question | null = null
  private hasEnded = false

  private constructor(private readonly socket: Socket, readonly screen: X11Screen, private readonly onEvent: (event: Buffer) => void) {
    // A connection that breaks has ended like one that is closed.
    this.ended = this.read()
      .catch(() => undefined)
      .then(() => {
        this.hasEnded = true
        this.question?.reject(hasClosed())
      })
  }

  /** An event's first byte is its code. Rejects with CaptureError when the display does not answer or does not let us in. */
  static async open(env: Environment, onEvent: (event: Buffer) => void): Promise<X11Connection> {
    const display = /^(?:unix)?([^:]*):(\d+)/.exec(env.DISPLAY ?? '')
    if (!display) throw CaptureError.displayUnreachable(`DISPLAY is ${env.DISPLAY ?? 'not set'}`)
    const [, host = '', number = ''] = display
    const socket = host === '' ? createConnection(`/tmp/.X11-unix/X${number}`) : createConnection(TCP_PORT + Number(number), host)
    try {
      await once(socket, 'connect')
      return new X11Connection(socket, await shakeHands(socket, findCookie(env, number)), onEvent)
    } catch (error) {
      socket.destroy()
      if (error instanceof CaptureError) throw error
      throw CaptureError.displayUnreachable(error instanceof Error ? error.message : String(error))
    }
  }

  /** Sends requests of which the last is the only one that has a reply; answers with it and with the errors of the others. */
  ask(requests: readonly Buffer[]): Promise<{ reply: Buffer; errorCodes: number[] }> {
    if (this.hasEnded) return Promise.reject(hasClosed())
    return new Promise((resolve, reject) => {
      this.question = { resolve, reject, errorCodes: [] }
      this.socket.write(Buffer.concat(requests))
    })
  }

  close(): void {
    this.socket.destroy()
  }

  private async read(): Promise<void> {
    let unread = Buffer.alloc(0)
    for await (const bytes of this.socket as AsyncIterable<Buffer>) {
      unread = Buffer.concat([unread, bytes])
      for (let size = sizeOf(unread); unread.length >= size; size = sizeOf(unread)) {
        this.take(unread.subarray(0, size))
        unread = unread.subarray(size)
      }
    }
  }

  private take(packet: Buffer): void {
    if (packet[0] === ERROR) this.question?.errorCodes.push(packet[1]!)
    else if (packet[0] === REPLY) {
      const { question } = this
      this.question = null
      question?.resolve({ reply: packet, errorCodes: question.errorCodes })
    } else this.onEvent(packet)
  }
}

/** One request; `parts` after its head, in whole units of four bytes. */
export function makeRequest(opcode: number, detail: number, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  const head = Buffer.of(opcode, detail, 0, 0)
  head.writeUInt16LE(1 + body.length / 4, 2)
  return Buffer.concat([head, body])
}

export function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

export function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value)
  return bytes
}

function sizeOf(unread: Buffer): number {
  return unread[0] === REPLY && unread.length >= 8 ? PACKET_BYTES + unread.readUInt32LE(4) * 4 : PACKET_BYTES
}

async function shakeHands(socket: Socket, cookie: Buffer | null): Promise<X11Screen> {
  const [name, data] = cookie ? [Buffer.from(COOKIE_PROTOCOL), cookie] : [Buffer.alloc(0), Buffer.alloc(0)]
  const head = Buffer.concat([Buffer.of(LITTLE_ENDIAN, 0), u16(PROTOCOL_MAJOR), u16(0), u16(name.length), u16(data.length), u16(0)])
  socket.write(Buffer.concat([head, padded(name), padded(data)]))
  const answer = await readBytes(socket, 8)
  const body = await readBytes(socket, answer.readUInt16LE(6) * 4)
  if (answer[0] !== 1) throw CaptureError.displayUnreachable(`it refused the connection: ${body.toString('latin1', 0, answer[1]).trim()}`)
  const vendorBytes = Math.ceil(body.readUInt16LE(16) / 4) * 4
  const formatsBytes = body[21]! * 8
  return { rootId: body.readUInt32LE(32 + vendorBytes + formatsBytes), keycodes: { first: body[26]!, last: body[27]! } }
}

async function readBytes(socket: Socket, count: number): Promise<Buffer> {
  for (;;) {
    // A socket without an encoding gives Buffers; Node's types allow for others.
    const bytes = socket.read(count) as Buffer | null
    if (bytes) return bytes
    if (socket.readableEnded) throw hasClosed()
    await Promise.race([once(socket, 'readable'), once(socket, 'end')])
  }
}

const hasClosed = (): CaptureError => CaptureError.displayUnreachable('it closed the connection')
const padded = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)])
