/** What marks the inline scripts of one answer as ours (https://www.w3.org/TR/CSP3/#security-nonces, read 2026-11-24). */
import { randomBytes } from 'node:crypto'

/** Hands the nonce to the pages; callers cannot set it. */
export const NONCE_HEADER = 'x-callwitness-nonce'
const NONCE_BYTES = 16

export const makeNonce = (): string => randomBytes(NONCE_BYTES).toString('base64')
