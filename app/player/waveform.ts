/**
 * A waveform that follows the page's clock: wavesurfer.js draws it, but leads nothing.
 *
 * It draws only what its box shows; the lanes tell it how close to look and how far they are scrolled.
 */
import type WaveSurfer from 'wavesurfer.js'

export type WaveColours = Readonly<{ played: string; ahead: string }>
export type WaveformOptions = Readonly<{ peaks: readonly number[]; durationMs: number; colours: WaveColours }>
export type Waveform = Readonly<{
  move(atMs: number): void
  setColours(colours: WaveColours): void
  setZoom(pxPerMs: number): void
  setScroll(px: number): void
  dispose(): void
}>

const loadLibrary = () => import('wavesurfer.js')

// On its way with the page's script, while the peaks are. If it does not come, whoever mounts one asks again, and says so.
if (typeof window !== 'undefined') loadLibrary().catch(() => undefined)

/** Drawing one takes as long as a frame may: of several to draw, each frame draws one. */
class DrawingTurns {
  private readonly waiting = new Set<() => void>()

  /** `draw` once, however often it is asked before its turn. */
  ask(draw: () => void): void {
    this.waiting.add(draw)
    if (this.waiting.size === 1) requestAnimationFrame(this.takeTurn)
  }

  drop(draw: () => void): void {
    this.waiting.delete(draw)
  }

  private readonly takeTurn = (): void => {
    const [next] = this.waiting
    if (!next) return
    this.waiting.delete(next)
    if (this.waiting.size > 0) requestAnimationFrame(this.takeTurn)
    next()
  }
}
const turns = new DrawingTurns()

/** The library arrives after the page; what is asked before is done then. */
export function mountWaveform(box: HTMLElement, options: WaveformOptions): Waveform {
  const wanted = { atMs: 0, pxPerSecond: 0, scrollPx: 0, colours: options.colours }
  const drawnWith = { ...wanted }
  let isDisposed = false
  let surfer: WaveSurfer | null = null

  const create = async (): Promise<void> => {
    const { default: Library } = await loadLibrary()
    if (isDisposed) return
    Object.assign(drawnWith, wanted)
    const created = Library.create({
      container: box,
      height: box.clientHeight,
      peaks: [options.peaks as number[]],
      duration: options.durationMs / 1_000,
      ...inColours(wanted.colours),
      minPxPerSec: wanted.pxPerSecond,
      normalize: true,
      barWidth: 2,
      barGap: 2,
      barRadius: 1,
      barHeight: 0.86,
      cursorWidth: 0,
      interact: false,
      autoScroll: false,
      hideScrollbar: true,
    })
    created.on('ready', () => {
      surfer = created
      drawAgain()
      created.setTime(wanted.atMs / 1_000)
    })
    destroy = () => created.destroy()
  }
  let destroy = (): void => {}
  const drawAgain = (): void => {
    if (!surfer) return
    const { colours, pxPerSecond, scrollPx } = wanted
    if (colours.played !== drawnWith.colours.played || colours.ahead !== drawnWith.colours.ahead) surfer.setOptions(inColours(colours))
    if (pxPerSecond !== drawnWith.pxPerSecond) surfer.zoom(pxPerSecond)
    surfer.setScroll(scrollPx)
    Object.assign(drawnWith, wanted)
  }
  void create()

  return {
    move(atMs) {
      wanted.atMs = atMs
      surfer?.setTime(atMs / 1_000)
    },
    setColours(colours) {
      wanted.colours = colours
      turns.ask(drawAgain)
    },
    setZoom(pxPerMs) {
      wanted.pxPerSecond = pxPerMs * 1_000
      turns.ask(drawAgain)
    },
    setScroll(px) {
      wanted.scrollPx = px
      surfer?.setScroll(px)
    },
    dispose() {
      isDisposed = true
      turns.drop(drawAgain)
      destroy()
    },
  }
}

const inColours = ({ played, ahead }: WaveColours) => ({ waveColor: ahead, progressColor: played })
