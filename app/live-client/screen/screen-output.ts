/** Frames of the technician's screen onto a canvas, from the first key frame on. */
import type { LiveItem } from '@/protocol/live-items'

const CONFIG: VideoDecoderConfig = { codec: 'vp09.00.40.08', optimizeForLatency: true }

export const hasVideoDecoder = (): boolean => 'VideoDecoder' in globalThis

export class ScreenOutput {
  private decoder: VideoDecoder | null = null
  private canvas: HTMLCanvasElement | null = null
  private latest: VideoFrame | null = null
  private drawFromMs = -Infinity

  /** `onDrawn`: where the frame stands that is on the canvas now. */
  constructor(private readonly onDrawn: (atMs: number) => void) {}

  /** A canvas that comes later shows the latest frame at once. */
  attach(canvas: HTMLCanvasElement | null): void {
    this.canvas = canvas
    if (this.latest) this.draw(this.latest)
  }

  /** In order; of several that come at once only the last is drawn, the others are needed to decode it. */
  decode(frames: readonly LiveItem[]): void {
    if (!hasVideoDecoder()) return
    const last = frames.at(-1)
    if (last) this.drawFromMs = last.atMs
    for (const { atMs, isKey, bytes } of frames) {
      if (!this.decoder && !isKey) continue
      this.decoder ??= this.start()
      this.decoder.decode(new EncodedVideoChunk({ type: isKey ? 'key' : 'delta', timestamp: Math.round(atMs * 1_000), data: bytes }))
    }
  }

  /** What comes next begins with a key frame. */
  restart(): void {
    if (this.decoder?.state === 'configured') this.decoder.close()
    this.decoder = null
  }

  dispose(): void {
    this.restart()
    this.latest?.close()
    this.latest = null
    this.canvas = null
  }

  private start(): VideoDecoder {
    const decoder = new VideoDecoder({
      output: (frame) => this.show(frame),
      // The browser has closed it; the next key frame gets a new one.
      error: (error) => {
        console.warn('a frame of the screen could not be decoded', error)
        if (this.decoder === decoder) this.decoder = null
      },
    })
    decoder.configure(CONFIG)
    return decoder
  }

  private show(frame: VideoFrame): void {
    const atMs = frame.timestamp / 1_000
    // Stamps are whole microseconds.
    if (atMs < this.drawFromMs - 0.001) return frame.close()
    this.latest?.close()
    this.latest = frame
    this.draw(frame)
    this.onDrawn(atMs)
  }

  private draw(frame: VideoFrame): void {
    if (!this.canvas) return
    const [width, height] = [frame.displayWidth, frame.displayHeight]
    if (this.canvas.width !== width) this.canvas.width = width
    if (this.canvas.height !== height) this.canvas.height = height
    this.canvas.getContext('2d', { alpha: false, desynchronized: true })?.drawImage(frame, 0, 0)
  }
}
