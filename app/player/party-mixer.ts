/**
 * Each party's volume in the playback file, where the technician is left and the customer right.
 *
 * An element that has been routed through Web Audio stays so for its lifetime, and a context may only start after a click:
 * so the mixer is made at the first press of play and kept until the element goes.
 */
import type { Track } from '@/protocol/tracks'

export type Party = Extract<Track, 'technician' | 'customer'>
export const PARTIES: readonly Party[] = ['technician', 'customer']

/** Heard a little to either side, as two people across a table, not one in each ear. */
const PAN: Readonly<Record<Party, number>> = { technician: -0.25, customer: 0.25 }

export class PartyMixer {
  private readonly gains: Readonly<Record<Party, GainNode>>

  constructor(private readonly context: AudioContext, media: HTMLMediaElement) {
    const splitter = context.createChannelSplitter(2)
    context.createMediaElementSource(media).connect(splitter)
    const connect = (party: Party): GainNode => {
      const gain = context.createGain()
      splitter.connect(gain, PARTIES.indexOf(party))
      gain.connect(new StereoPannerNode(context, { pan: PAN[party] })).connect(context.destination)
      return gain
    }
    this.gains = { technician: connect('technician'), customer: connect('customer') }
  }

  /** 0 to 1. Ramps over 20 ms: a step in volume clicks. */
  setVolume(party: Party, volume: number): void {
    this.gains[party].gain.setTargetAtTime(volume, this.context.currentTime, 0.02)
  }

  /** A context made before the first click is suspended. */
  async resume(): Promise<void> {
    if (this.context.state === 'suspended') await this.context.resume()
  }

  async dispose(): Promise<void> {
    await this.context.close()
  }
}
