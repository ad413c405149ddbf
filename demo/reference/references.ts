/** What happened in the demo's call, told by other ways than the agent: taps of both sinks, and a window that flashes. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Children } from '../children'
import type { VirtualDesktop } from '../virtual-desktop'
import type { SpokenCall } from '../voices'
import type { CrmStep, Party } from '../call-script'
import { openFlashWindow, type FlashWindow } from '../x11-flash'
import type { Drawn } from './alignment'
import { SoundTap } from './sound-tap'

/** In the corner of the screen, above all windows. */
const FLASH_PX = 64
const BLACK = 0x000000
const WHITE = 0xffffff
const FLASH_EVERY_MS = 5_300
/** A tap that has just begun tells wrong times: an idle sink hands its sound out in blocks of up to 2 s. */
const SETTLE_MS = 3_000

export type References = {
  /** About when each click was played, by wall clock. */
  playedClicksMs: Record<Party, number[]>
  /** When clicks passed the sinks; voices are among them. */
  heardClicksMs: Record<Party, number[]>
  flashes: Drawn[]
  /** When the CRM's page itself saw each step take effect. */
  deedsMs: Partial<Record<CrmStep, number>>
  /** Where the flashes are, as ffmpeg's `crop` wants it. */
  flashCrop: string
}

export class ReferenceWatch {
  private readonly flashes: Drawn[] = []
  private isWhite = false
  private timer: NodeJS.Timeout | undefined

  private constructor(private readonly taps: Record<Party, SoundTap>, private readonly window: FlashWindow, private readonly flashCrop: string) {}

  static async start(children: Children, desktop: VirtualDesktop, screen: { widthPx: number; heightPx: number }): Promise<ReferenceWatch> {
    const area = { xPx: screen.widthPx - FLASH_PX, yPx: screen.heightPx - FLASH_PX, widthPx: FLASH_PX, heightPx: FLASH_PX }
    const { sinks, env } = desktop
    if (!env.DISPLAY) throw new Error('the virtual desktop has no display')
    const tap = (sink: string): SoundTap => new SoundTap(children, `${sink}.monitor`, env)
    const window = await openFlashWindow(env.DISPLAY, area)
    await window.paint(BLACK)
    const inset = FLASH_PX / 4
    const taps = { technician: tap(sinks.microphone), customer: tap(sinks.headset) }
    await Promise.all([taps.technician.hears(), taps.customer.hears()])
    await sleep(SETTLE_MS)
    return new ReferenceWatch(taps, window, `${FLASH_PX / 2}:${FLASH_PX / 2}:${area.xPx + inset}:${area.yPx + inset}`)
  }

  beginFlashing(): void {
    this.timer = setInterval(() => void this.flash(), FLASH_EVERY_MS)
  }

  endFlashing(): void {
    clearInterval(this.timer)
  }

  /** `startedMs`: wall clock at which the voices were started. */
  async finish(call: SpokenCall, startedMs: number, deedsMs: References['deedsMs']): Promise<References> {
    this.endFlashing()
    this.window.close()
    await Promise.all([this.taps.technician.stop(), this.taps.customer.stop()])
    const played = (party: Party): number[] => call.clicks[party].map((atMs) => startedMs + atMs)
    return {
      playedClicksMs: { technician: played('technician'), customer: played('customer') },
      heardClicksMs: { technician: this.taps.technician.clicksWallMs(), customer: this.taps.customer.clicksWallMs() },
      flashes: this.flashes,
      deedsMs,
      flashCrop: this.flashCrop,
    }
  }

  private async flash(): Promise<void> {
    this.isWhite = !this.isWhite
    this.flashes.push(await this.window.paint(this.isWhite ? WHITE : BLACK))
  }
}
