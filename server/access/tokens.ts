/** Secrets that are handed out once and of which only the hash is stored: nobody who reads the database can use them. */
import { createHash, randomBytes } from 'node:crypto'

const TOKEN_BYTES = 32

/** 256 random bits, base64url. */
export const makeToken = (): string => randomBytes(TOKEN_BYTES).toString('base64url')

/** SHA-256, hex. */
export const hashOfToken = (token: string): string => createHash('sha256').update(token).digest('hex')
