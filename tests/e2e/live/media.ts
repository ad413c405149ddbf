/** Sound and pictures as an agent would relay them, made once by the real encoders. */
import { ffmpeg } from '@/demo/media-probe'
import { IvfReader } from '@/agent/capture/ivf-reader'
import { OggPageReader } from '@/agent/capture/ogg-reader'
import { encodeTone } from '../../agent/capture/media-fixtures'

/** Packets of 20 ms that can be played one after the other for ever. */
export function tonePackets(hz: number): Uint8Array[] {
  const pages = new OggPageReader().read(encodeTone(hz, 2))
  // The first two pages are headers; the first packets after them are still swinging in.
  return pages.slice(2).flatMap(({ packets }) => packets).slice(10, 90)
}

/** One key frame of one colour. */
export function colourFrame(colour: string): Uint8Array {
  const ivf = ffmpeg(['-f', 'lavfi', '-i', `color=${colour}:size=640x360:rate=5:duration=0.2`, '-pix_fmt', 'yuv420p', '-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-f', 'ivf', 'pipe:1'])
  return new IvfReader().read(ivf)[0]!.bytes
}
