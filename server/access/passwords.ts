/** Passwords: hashed by scrypt (RFC 7914) with the parameters beside the hash, compared in constant time. */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { AccessError } from './errors'

export const MIN_PASSWORD_LENGTH = 10
export const MAX_PASSWORD_LENGTH = 200

type Cost = { N: number; r: number; p: number }
/** 32 MiB, about 0.2 s. OWASP's Password Storage Cheat Sheet (read 2026-11-24) gives it among the equals of N=2^17, p=1. */
const COST: Cost = { N: 2 ** 15, r: 8, p: 3 }
const MAX_MEMORY_BYTES = 256 * 1024 * 1024
const SALT_BYTES = 16
const HASH_BYTES = 32

/** Throws AccessError `weak-password`. */
export async function hashPassword(password: string): Promise<string> {
  const { length } = password
  if (length < MIN_PASSWORD_LENGTH || length > MAX_PASSWORD_LENGTH) throw AccessError.weakPassword(MIN_PASSWORD_LENGTH, MAX_PASSWORD_LENGTH, length)
  const salt = randomBytes(SALT_BYTES)
  return format(COST, salt, await derive(password, salt, COST))
}

/** `stored` is null for an unknown user, which costs the same and is always a no. */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  const { cost, salt, hash } = parse(stored ?? NOBODY)
  const derived = await derive(password.slice(0, MAX_PASSWORD_LENGTH + 1), salt, cost)
  return timingSafeEqual(derived, hash) && stored !== null
}

const format = ({ N, r, p }: Cost, salt: Buffer, hash: Buffer): string => ['scrypt', N, r, p, salt.toString('base64'), hash.toString('base64')].join('$')

/** The hash of a password that nobody has. */
const NOBODY = format(COST, Buffer.alloc(SALT_BYTES), Buffer.alloc(HASH_BYTES))

function parse(stored: string): { cost: Cost; salt: Buffer; hash: Buffer } {
  const [scheme, N, r, p, salt, hash] = stored.split('$')
  if (scheme !== 'scrypt' || !salt || !hash) throw new Error(`a stored password is of the scheme ${scheme}, expected scrypt$N$r$p$salt$hash`)
  return { cost: { N: Number(N), r: Number(r), p: Number(p) }, salt: Buffer.from(salt, 'base64'), hash: Buffer.from(hash, 'base64') }
}

/** NFKC, so that the same password typed on another keyboard is the same. */
const derive = (password: string, salt: Buffer, cost: Cost): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const done = (error: Error | null, key: Buffer) => (error ? reject(error) : resolve(key))
    scrypt(password.normalize('NFKC'), salt, HASH_BYTES, { ...cost, maxmem: MAX_MEMORY_BYTES }, done)
  })
