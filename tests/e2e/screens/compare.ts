/**
 * Compares a page's picture with the one that it should look like. Pictures are kept and compared at half their size: what
 * edges of letters and hairlines do on another machine averages out, a moved, missing or covered part does not.
 */
import type { Page } from 'playwright-core'

/** Of 255, in the channel that differs most. */
const SAME_COLOUR = 32

/** PNGs. `ratio`: the part of the picture that differs, 0 to 1, and 1 where sizes do; `marked`: the picture with those places in red. */
export type Comparison = Readonly<{ halved: Uint8Array; ratio: number; marked: Uint8Array }>

/** The browser of `page` reads and draws the pictures; the page may show anything. `expected` is halved already. */
export async function comparePicture(page: Page, seen: Uint8Array, expected: Uint8Array | null): Promise<Comparison> {
  const asText = (png: Uint8Array): string => Buffer.from(png).toString('base64')
  const answer = await page.evaluate(compareInPage, { seen: asText(seen), expected: expected && asText(expected), sameColour: SAME_COLOUR })
  return { ratio: answer.ratio, halved: Buffer.from(answer.halved, 'base64'), marked: Buffer.from(answer.marked, 'base64') }
}

async function compareInPage({ seen, expected, sameColour }: { seen: string; expected: string | null; sameColour: number }): Promise<{ halved: string; ratio: number; marked: string }> {
  const read = (png: string): Promise<ImageBitmap> => createImageBitmap(new Blob([Uint8Array.from(atob(png), (character) => character.charCodeAt(0))]))
  const draw = (bitmap: ImageBitmap, width: number, height: number): OffscreenCanvasRenderingContext2D => {
    const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!
    context.imageSmoothingQuality = 'high'
    context.drawImage(bitmap, 0, 0, width, height)
    return context
  }
  const write = async ({ canvas }: OffscreenCanvasRenderingContext2D): Promise<string> => {
    const bytes = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer())
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
  }
  const whole = await read(seen)
  const [width, height] = [Math.ceil(whole.width / 2), Math.ceil(whole.height / 2)]
  const context = draw(whole, width, height)
  const halved = await write(context)
  const kept = expected === null ? null : await read(expected)
  if (kept?.width !== width || kept.height !== height) return { halved, ratio: 1, marked: halved }

  const here = context.getImageData(0, 0, width, height)
  const there = draw(kept, width, height).getImageData(0, 0, width, height)
  let count = 0
  for (let at = 0; at < here.data.length; at += 4) {
    const distance = Math.max(...[0, 1, 2].map((channel) => Math.abs(here.data[at + channel]! - there.data[at + channel]!)))
    if (distance <= sameColour) continue
    count++
    here.data.set([255, 0, 0, 255], at)
  }
  context.putImageData(here, 0, 0)
  return { halved, ratio: count / (width * height), marked: await write(context) }
}
