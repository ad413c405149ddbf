/** The bricks of an MP4 file: boxes and big-endian numbers (ISO/IEC 14496-12 §4.2). */
import { concatenateBytes } from './bytes'

type Part = Uint8Array | string

/** Strings are four-character codes or other ASCII. */
export function box(type: string, ...parts: Part[]): Uint8Array {
  const body = concatenateBytes(parts.map((part) => (typeof part === 'string' ? ascii(part) : part)))
  return concatenateBytes([u32(8 + body.length), ascii(type), body])
}

export const fullBox = (type: string, version: number, flags: number, ...parts: Part[]): Uint8Array =>
  box(type, u32((version << 24) | flags), ...parts)

export const u8 = (value: number): Uint8Array => Uint8Array.of(value)
export const zeros = (count: number): Uint8Array => new Uint8Array(count)

export function u16(value: number): Uint8Array {
  const bytes = new Uint8Array(2)
  new DataView(bytes.buffer).setUint16(0, value)
  return bytes
}

export function u32(value: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value)
  return bytes
}

export function u64(value: number): Uint8Array {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value))
  return bytes
}

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text)
