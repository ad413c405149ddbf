/** The running captures of one call: all its audio, and the screen, which a pause ends and a resume opens anew. */
import type { Track } from '@/protocol/tracks'
import type { Capture, CaptureDriver, CaptureFault, CaptureListener, ScreenCapture, ScreenSize } from '../capture/ports'
import type { AudioPlan } from './track-plan'

/** As the driver delivers it: placed by the wall clock. */
export type CapturedItem = { track: Track; bytes: Uint8Array; wallMs: number; isKey: boolean }

export type CapturesListener = {
  onItem(item: CapturedItem): void
  onFault(track: Track, fault: CaptureFault): void
}

export class Captures {
  private audio: Capture[] = []
  private screen: ScreenCapture | null = null
  private isStopped = false

  constructor(
    private readonly driver: CaptureDriver,
    private readonly listener: CapturesListener,
  ) {}

  openAudio(plan: readonly AudioPlan[]): void {
    this.audio = plan.map(({ track, source }) => this.driver.openAudio(track, source, this.listenerOf(track)))
  }

  /** Rejects when there is no screen to record, or it is not of the size that the track was opened with. */
  async openScreen(expected?: ScreenSize): Promise<ScreenSize> {
    const screen = await this.driver.openScreen(this.listenerOf('screen'))
    if (this.isStopped) await screen.stop()
    else this.screen = screen
    const { widthPx, heightPx } = screen.size
    if (expected && (expected.widthPx !== widthPx || expected.heightPx !== heightPx)) {
      await this.stopScreen()
      throw new Error(`the screen is ${widthPx}×${heightPx} now and was ${expected.widthPx}×${expected.heightPx} when the call began`)
    }
    return screen.size
  }

  /** Resolves once no frame can come any more. */
  async stopScreen(): Promise<void> {
    const screen = this.screen
    this.screen = null
    await screen?.stop()
  }

  async stop(): Promise<void> {
    this.isStopped = true
    const audio = this.audio
    this.audio = []
    await Promise.all([...audio.map((capture) => capture.stop()), this.stopScreen()])
  }

  private listenerOf(track: Track): CaptureListener<{ bytes: Uint8Array; wallMs: number; isKey?: boolean }> {
    return {
      onItem: ({ bytes, wallMs, isKey = true }) => this.listener.onItem({ track, bytes, wallMs, isKey }),
      onFault: (fault) => this.listener.onFault(track, fault),
    }
  }
}
