/** The server's signing key: made at the first start, never leaving the data folder. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { link, mkdir, open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { receiptMessage, toBase64url } from '@/protocol/chain'
import type { ReceiptData } from '@/protocol/entries'
import type { CallId } from '@/protocol/ids'

const KEY_FILE = 'server-ed25519.pem'

export class ServerKey {
  /** Raw Ed25519 public key, 32 bytes, base64url. */
  readonly publicKey: string

  constructor(private readonly privateKey: KeyObject) {
    // A JWK's `x` is the raw key in base64url (RFC 8037 §2).
    this.publicKey = createPublicKey(privateKey).export({ format: 'jwk' }).x!
  }

  signReceipt(callId: CallId, sealSeq: number, sealHash: string, receivedAt: string): ReceiptData {
    const signature = sign(null, receiptMessage(callId, sealSeq, sealHash, receivedAt), this.privateKey)
    return { receiptedSeq: sealSeq, hash: sealHash, receivedAt, serverKey: this.publicKey, signature: toBase64url(signature) }
  }
}

/** Reads the key of a data folder or makes it. Two servers that start at once end up with the same one. */
export async function openServerKey(dataDir: string): Promise<ServerKey> {
  const path = join(dataDir, KEY_FILE)
  await mkdir(dataDir, { recursive: true })
  const stored = (await readKey(path)) ?? (await makeKey(path))
  return new ServerKey(createPrivateKey(stored))
}

async function makeKey(path: string): Promise<string> {
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const draft = `${path}.${crypto.randomUUID()}`
  const handle = await open(draft, 'wx', 0o600)
  try {
    await handle.writeFile(pem)
    await handle.sync()
  } finally {
    await handle.close()
  }
  // Unlike a rename, a link never replaces a key that another process has put there meanwhile.
  await link(draft, path).catch(ignoreExisting)
  await rm(draft)
  return readFile(path, 'utf8')
}

async function readKey(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return null
    throw error
  })
}

function ignoreExisting(error: unknown): void {
  if (!hasCode(error, 'EEXIST')) throw error
}

const hasCode = (error: unknown, code: string): boolean => error instanceof Error && 'code' in error && error.code === code
