/** What runs inside the listener's page: when captions reach it, and when the flashes show. As text, so that what compiles this file puts no helpers into it. */
import { EventEmitter } from 'node:events'
import { Decoder } from 'socket.io-msgpack-parser'
import type { Page } from 'playwright-core'
import type { LiveEmits } from '@/protocol/live-messages'

type Change = { atMs: number; isBright: boolean }
type Frame = { atMs: number; bytes: string }
declare global {
  interface Window {
    probe?: { words: Frame[]; items: Frame | null; changes: Change[] }
  }
}

/** Keeps the messages with words, and the latest with packets, as they come from the web socket. */
const LISTEN = `
  window.probe = { words: [], items: null, changes: [] }
  const Native = WebSocket
  const text = (bytes) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
  window.WebSocket = class extends Native {
    constructor(...args) {
      super(...args)
      this.addEventListener('message', ({ data }) => {
        if (!(data instanceof ArrayBuffer)) return
        const head = text(new Uint8Array(data, 0, Math.min(48, data.byteLength)))
        if (head.includes('words')) window.probe.words.push({ atMs: Date.now(), bytes: btoa(text(new Uint8Array(data))) })
        else if (head.includes('items') && !window.probe.items) window.probe.items = { atMs: Date.now(), bytes: btoa(text(new Uint8Array(data))) }
      })
    }
  }
`

const watch = (x: number, y: number): string => `
  (() => {
    const copy = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })
    let wasBright = null
    const look = () => {
      const canvas = document.querySelector('canvas')
      if (canvas && canvas.width > 0) {
        copy.drawImage(canvas, Math.round(${x} * canvas.width), Math.round(${y} * canvas.height), 1, 1, 0, 0, 1, 1)
        const isBright = copy.getImageData(0, 0, 1, 1).data[0] > 128
        if (isBright !== wasBright) window.probe.changes.push({ atMs: Date.now(), isBright })
        wasBright = isBright
      }
      requestAnimationFrame(look)
    }
    look()
  })()
`

/** To be called before the page is opened. */
export const installProbe = (page: Page): Promise<unknown> => page.addInitScript({ content: LISTEN })
/** `x` and `y` are shares of the picture. */
export const watchSpot = (page: Page, { x, y }: { x: number; y: number }): Promise<unknown> => page.evaluate(watch(x, y))
/** Since the page was opened. */
export const changesSeen = (page: Page): Promise<Change[]> => page.evaluate(() => window.probe!.changes)

export type WordsHeard = { atMs: number; words: Parameters<LiveEmits['words']>[0]['words'] }

export async function wordsHeard(page: Page): Promise<WordsHeard[]> {
  const frames = await page.evaluate(() => window.probe!.words)
  return frames.map(({ atMs, bytes }) => ({ atMs, words: decode<'words'>(bytes).words }))
}

/** The wall clock at the timeline's 0, as the page was told it. */
export async function originOf(page: Page): Promise<number> {
  const frame = await page.evaluate(() => window.probe!.items)
  if (!frame) throw new Error('no packet has reached the page')
  return decode<'items'>(frame.bytes).originMs
}

function decode<Name extends keyof LiveEmits>(base64: string): Parameters<LiveEmits[Name]>[0] {
  let message: unknown
  // The parser's types do not say that its decoder tells of what it has decoded.
  const decoder = new Decoder() as unknown as EventEmitter & { add(bytes: Buffer): void }
  decoder.on('decoded', ({ data }: { data: [Name, unknown] }) => (message = data[1]))
  decoder.add(Buffer.from(base64, 'base64'))
  return message as Parameters<LiveEmits[Name]>[0]
}
