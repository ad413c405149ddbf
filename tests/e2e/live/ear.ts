/** What somebody in front of the browser would hear and see. */
import type { Page } from 'playwright-core'

declare global {
  interface Window {
    ear?: { level(hz: number): number }
  }
}

/** As text: what compiles this file would put its own helpers into functions. */
const TAP = `
  const connect = AudioNode.prototype.connect
  const taps = new WeakMap()
  AudioNode.prototype.connect = function (...args) {
    if (args[0] instanceof AudioDestinationNode) {
      const tap = taps.get(this.context) ?? new AnalyserNode(this.context, { fftSize: 8192, smoothingTimeConstant: 0 })
      taps.set(this.context, tap)
      connect.call(this, tap)
      window.ear = {
        level(hz) {
          const levels = new Float32Array(tap.frequencyBinCount)
          tap.getFloatFrequencyData(levels)
          return levels[Math.round((hz * tap.fftSize) / tap.context.sampleRate)]
        },
      }
    }
    return connect.apply(this, args)
  }
`

/** Before the page is opened: taps whatever goes to the loudspeaker. */
export const growEar = (page: Page): Promise<unknown> => page.addInitScript({ content: TAP })

/** In dB; below -60 is silence. */
export const loudness = (page: Page, hz: number): Promise<number> => page.evaluate((at) => window.ear?.level(at) ?? -Infinity, hz)

/** Red, green and blue of the middle of the screen. */
export const screenColour = (page: Page): Promise<number[]> =>
  page.evaluate(() => {
    const canvas = document.querySelector('canvas')!
    const copy = new OffscreenCanvas(1, 1).getContext('2d')!
    copy.drawImage(canvas, canvas.width / 2, canvas.height / 2, 1, 1, 0, 0, 1, 1)
    return [...copy.getImageData(0, 0, 1, 1).data.slice(0, 3)]
  })
