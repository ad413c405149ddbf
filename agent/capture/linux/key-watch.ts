/**
 * One key that is ours in every window: X11 gives each press of it to us and to nobody else (a passive grab on the root
 * window). A key that another program has, or a display that is away, is tried again; the listener hears how it stands.
 */
import { CaptureError } from '../errors'
import type { Capture, KeyListener } from '../ports'
import type { Environment } from './child'
import { pause } from './pause'
import { makeRequest, u16, u32, X11Connection } from './x11-connection'

/** Programs seldom give a key back; a display that starts anew is there soon. */
const RETRY_MS = 15_000
const RECONNECT_MS = 1_000
const GRAB_KEY = 33
const UNGRAB_KEY = 34
const GET_INPUT_FOCUS = 43
const GET_KEYBOARD_MAPPING = 101
const KEY_PRESS = 2
const KEY_RELEASE = 3
const MAPPING_NOTIFY = 34
const BAD_ACCESS = 10
const ANY_KEY = 0
const ANY_MODIFIER = 0x8000
const ASYNCHRONOUS = 1
const MODIFIERS: Readonly<Record<string, number>> = { Shift: 1, Control: 4, Alt: 8 }
/** Caps Lock and Num Lock count as modifiers, and must not keep the key from working. */
const LOCKS = [0, 2, 16, 2 | 16]
/** X11/keysymdef.h. */
const F1_KEYSYM = 0xffbe
const OTHER_KEYSYMS: Readonly<Record<string, number>> = { Pause: 0xff13, ScrollLock: 0xff14 }
/** A key that is held down is let go and pressed again at once by the display; no finger is as quick. */
const REPEAT_MS = 20
const REPLY_HEAD_BYTES = 32

/** `key` is as `pauseKey` of agent.json: `F8`, `Control+F9`, `Pause`. */
export function watchKey(key: string, listener: KeyListener, env: Environment): Capture {
  const stopping = new AbortController()
  const running = keepGrabbed(key, listener, env, stopping.signal)
  return {
    async stop() {
      stopping.abort()
      await running
    },
  }
}

/** What keeps the key from being ours, `null` when nothing does. */
export async function checkKey(key: string, env: Environment): Promise<string | null> {
  try {
    const connection = await X11Connection.open(env, () => undefined)
    const problem = await grab(connection, key)
    connection.close()
    return problem
  } catch (error) {
    if (error instanceof CaptureError) return error.message
    throw error
  }
}

async function keepGrabbed(key: string, listener: KeyListener, env: Environment, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const problem = await holdGrab(key, listener, env, signal)
      if (problem === null) return
      listener.onStanding(problem)
      await pause(RETRY_MS, signal)
    } catch (error) {
      if (!(error instanceof CaptureError)) throw error
      listener.onStanding(error.message)
      await pause(RECONNECT_MS, signal)
    }
  }
}

/** Holds the key until it is asked to stop; answers with the problem when the key cannot be had. */
async function holdGrab(key: string, listener: KeyListener, env: Environment, signal: AbortSignal): Promise<string | null> {
  let releasedAtMs = -Infinity
  let tellNewLayout = (): void => undefined
  const connection = await X11Connection.open(env, (event) => {
    const atMs = event.readUInt32LE(4)
    if (event[0] === KEY_RELEASE) releasedAtMs = atMs
    if (event[0] === KEY_PRESS && Math.abs(atMs - releasedAtMs) > REPEAT_MS) listener.onPress()
    if (event[0] === MAPPING_NOTIFY) tellNewLayout()
  })
  const close = (): void => connection.close()
  signal.addEventListener('abort', close, { once: true })
  try {
    while (!signal.aborted) {
      // The key may have another code in another layout.
      const newLayout = new Promise<'new layout'>((resolve) => (tellNewLayout = () => resolve('new layout')))
      const problem = await grab(connection, key)
      if (problem !== null) return problem
      listener.onStanding(null)
      const outcome = await Promise.race([newLayout, connection.ended])
      if (outcome !== 'new layout' && !signal.aborted) throw CaptureError.displayUnreachable('it closed the connection')
    }
    return null
  } finally {
    signal.removeEventListener('abort', close)
    connection.close()
  }
}

/** In place of what was grabbed before on this connection. Answers with the problem, and then nothing is to be kept of it. */
async function grab(connection: X11Connection, key: string): Promise<string | null> {
  const { keysym, modifiers } = parseKey(key)
  const codes = await findKeycodes(connection, keysym)
  if (codes.length === 0) return `this keyboard has no key ${key}`
  const root = u32(connection.screen.rootId)
  const grabs = codes.flatMap((code) => LOCKS.map((locks) => makeRequest(GRAB_KEY, 0, root, u16(modifiers | locks), Buffer.of(code, ASYNCHRONOUS, ASYNCHRONOUS, 0, 0, 0))))
  const ungrab = makeRequest(UNGRAB_KEY, ANY_KEY, root, u16(ANY_MODIFIER), u16(0))
  const { errorCodes } = await connection.ask([ungrab, ...grabs, makeRequest(GET_INPUT_FOCUS, 0)])
  if (errorCodes.length === 0) return null
  return errorCodes.includes(BAD_ACCESS) ? `another program has taken the key ${key}` : `the display refuses the key ${key} (X11 error ${errorCodes[0]})`
}

/** Keys whose first meaning this is; a keyboard may have several. */
async function findKeycodes(connection: X11Connection, keysym: number): Promise<number[]> {
  const { first, last } = connection.screen.keycodes
  const { reply } = await connection.ask([makeRequest(GET_KEYBOARD_MAPPING, 0, Buffer.of(first, last - first + 1, 0, 0))])
  const keysymsPerCode = reply[1]!
  const codes = Array.from({ length: last - first + 1 }, (_, index) => first + index)
  return codes.filter((code) => reply.readUInt32LE(REPLY_HEAD_BYTES + (code - first) * keysymsPerCode * 4) === keysym)
}

export function parseKey(key: string): { keysym: number; modifiers: number } {
  const [name = '', ...prefixes] = key.split('+').reverse()
  const keysym = OTHER_KEYSYMS[name] ?? F1_KEYSYM + Number(name.slice(1)) - 1
  return { keysym, modifiers: prefixes.reduce((mask, prefix) => mask | (MODIFIERS[prefix] ?? 0), 0) }
}
