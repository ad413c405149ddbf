/** What lets this person's programs in at his display: the cookie of Xauthority files (Xsecurity(7), libXau's AuRead.c). */
import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Environment } from './child'

const PROTOCOL = 'MIT-MAGIC-COOKIE-1'

/** `null` when there is no file or none for this display: displays exist that let in without. */
export function findCookie(env: Environment, displayNumber: string): Buffer | null {
  try {
    return parseCookie(readFileSync(env.XAUTHORITY ?? join(env.HOME ?? homedir(), '.Xauthority')), displayNumber)
  } catch {
    // No file that we may read: the display says whether it needs one.
    return null
  }
}

/** Entries of: family, address, display number, protocol, data; each but the family a big-endian length and that many bytes. */
export function parseCookie(file: Buffer, displayNumber: string): Buffer | null {
  for (let at = 0; at + 2 <= file.length; ) {
    at += 2
    const fields: Buffer[] = []
    for (let field = 0; field < 4; field++) {
      const length = file.readUInt16BE(at)
      fields.push(file.subarray(at + 2, at + 2 + length))
      at += 2 + length
    }
    const [, number, protocol, data] = fields.map((field) => field.toString('latin1'))
    const isForDisplay = number === '' || number === displayNumber
    if (isForDisplay && protocol === PROTOCOL && data) return Buffer.from(data, 'latin1')
  }
  return null
}
