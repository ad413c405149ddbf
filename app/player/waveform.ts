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

/** Has the library on its way while the peaks are. */
export const prepareWaveforms = (): void => void loadLibrary().catch(() => undefined) // whoever mounts one asks again, and says so

/** The library arrives after the page; what is asked before is done then. */
export function mountWaveform(box: HTMLElement, options: WaveformOptions): Waveform {
  const wanted = { atMs: 0, pxPerSecond: 0, scrollPx: 0, colours: options.colours }
  let isDisposed = false
  let drawn: WaveSurfer | null = null

  const drawWhenLoaded = async (): Promise<void> => {
    const { default: Library } = await loadLibrary()
    if (isDisposed) return
    const surfer = Library.create({
      container: box,
      height: box.clientHeight,
      peaks: [options.peaks as number[]],
      duration: options.durationMs / 1_000,
      ...drawnIn(wanted.colours),
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
    surfer.on('ready', () => {
      drawn = surfer
      surfer.setOptions(drawnIn(wanted.colours))
      surfer.setScroll(wanted.scrollPx)
      surfer.setTime(wanted.atMs / 1_000)
    })
    disposeDrawn = () => surfer.destroy()
  }
  let disposeDrawn = (): void => {}
  void drawWhenLoaded()

  return {
    move(atMs) {
      wanted.atMs = atMs
      drawn?.setTime(atMs / 1_000)
    },
    setColours(colours) {
      wanted.colours = colours
      drawn?.setOptions(drawnIn(colours))
    },
    setZoom(pxPerMs) {
      wanted.pxPerSecond = pxPerMs * 1_000
      drawn?.zoom(wanted.pxPerSecond)
      drawn?.setScroll(wanted.scrollPx)
    },
    setScroll(px) {
      wanted.scrollPx = px
      drawn?.setScroll(px)
    },
    dispose() {
      isDisposed = true
      disposeDrawn()
    },
  }
}

const drawnIn = ({ played, ahead }: WaveColours) => ({ waveColor: ahead, progressColor: played })
