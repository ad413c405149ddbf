/**
 * The key with which this computer's secrets are encrypted: kept by the desktop's keyring where it answers (the Secret
 * Service, asked through libsecret's `secret-tool`), else in a file beside them that only its owner can read.
 */
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'

const KEY_BYTES = 32
/** The keyring may first ask the person for his password. */
const ANSWER_LIMIT_MS = 60_000

export type Keeper = 'keyring' | 'file'
export type KeptKey = { keeper: Keeper; key: Buffer }

/** `null` when there is no keyring or it does not answer. `folder` tells the homes of one person apart. */
export function findKeyringKey(folder: string, env: Readonly<Record<string, string | undefined>>): Buffer | null {
  // Without a session's bus there is no keyring, and secret-tool would try to start a bus of its own.
  if (!env.DBUS_SESSION_BUS_ADDRESS) return null
  const attributes = ['application', 'callwitness-agent', 'folder', folder]
  const ask = (args: string[], input = ''): { isDone: boolean; isAbsent: boolean; text: string } => {
    const { status, stdout, stderr, error } = spawnSync('secret-tool', args, { env: { ...process.env, ...env }, input, timeout: ANSWER_LIMIT_MS, encoding: 'utf8' })
    return { isDone: status === 0, isAbsent: !error && status === 1 && stderr === '', text: stdout }
  }
  const found = ask(['lookup', ...attributes])
  if (found.isDone) return parseKey(found.text)
  if (!found.isAbsent) return null
  ask(['store', '--label=Callwitness agent', ...attributes], randomBytes(KEY_BYTES).toString('base64url'))
  const kept = ask(['lookup', ...attributes])
  return kept.isDone ? parseKey(kept.text) : null
}

/** Made at first use. */
export function openFileKey(file: string): Buffer {
  try {
    writeFileSync(file, randomBytes(KEY_BYTES).toString('base64url'), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  const key = parseKey(readFileSync(file, 'utf8'))
  if (!key) throw new Error(`${file} does not hold a key of ${KEY_BYTES} bytes`)
  return key
}

function parseKey(text: string): Buffer | null {
  const key = Buffer.from(text.trim(), 'base64url')
  return key.length === KEY_BYTES ? key : null
}
