/**
 * The chain: SHA-256 from line to line, Ed25519 seals by the device, receipts by the server.
 *
 * Signing needs private keys and stays with their owners; what is signed, and how it is checked, is here.
 */
import type { CallId } from './ids'

/** `prev` of entry 0. */
export const GENESIS_HASH = '0'.repeat(64)

/** Lower-case hex SHA-256 (FIPS 180-4). A line is hashed without its newline. */
export async function sha256Hex(bytes: Uint8Array): Promise<string> {
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>)))
}

/** The ASCII bytes that a seal signs; `hash` is of line `seq`. */
export const sealMessage = (callId: CallId, seq: number, hash: string): Uint8Array =>
  ascii(['callwitness-seal-v1', callId, String(seq), hash])

/** The ASCII bytes that a receipt signs; `hash` is of the seal's own line `seq`, `receivedAt` an ISO time in UTC. */
export const receiptMessage = (callId: CallId, seq: number, hash: string, receivedAt: string): Uint8Array =>
  ascii(['callwitness-receipt-v1', callId, String(seq), hash, receivedAt])

/** Ed25519 (RFC 8032). `publicKey` is the raw 32 bytes and `signature` the raw 64 bytes, both base64url. Malformed input is a no. */
export async function verifySignature(publicKey: string, signature: string, message: Uint8Array): Promise<boolean> {
  try {
    // The last character of base64url has spare bits: one signature must have one spelling.
    if (toBase64url(fromBase64url(signature)) !== signature) return false
    const key = await crypto.subtle.importKey('raw', fromBase64url(publicKey), 'Ed25519', false, ['verify'])
    return await crypto.subtle.verify('Ed25519', key, fromBase64url(signature), message as Uint8Array<ArrayBuffer>)
  } catch {
    // A key or signature of another length or alphabet cannot have been made by the holder of the key.
    return false
  }
}

export const toBase64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')

export function fromBase64url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(binary, (character) => character.charCodeAt(0))
}

const ascii = (lines: string[]): Uint8Array => new TextEncoder().encode(lines.join('\n'))
const toHex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
