/** How ffmpeg is told to encode sound, whatever it comes from. */

/** One packet a page: a hole is told to the packet, and nobody who listens waits for a page to fill. At 20 ms some pages would hold two, because the stamps of PulseAudio jitter. */
const PAGE_US = 1_000

export const OPUS_ENCODING = ['-c:a', 'libopus', '-application', 'voip', '-frame_duration', '20', '-b:a', '24k', '-f', 'ogg', '-page_duration', String(PAGE_US), '-flush_packets', '1', 'pipe:1'] as const

export const FFMPEG_QUIET = ['-hide_banner', '-nostdin', '-loglevel', 'info', '-nostats'] as const

/** ffmpeg's wall clock at the first sample or frame of its first input, out of what it prints about it. */
export function parseStartWallMs(line: string): number | null {
  const match = /^\s*Duration: .*\bstart: (\d+\.\d+)/.exec(line)
  return match ? Number(match[1]) * 1_000 : null
}

/** Stream names of our own; other parts of the agent must not take them for somebody's call. */
export const OWN_STREAM_PREFIX = 'callwitness-'
export const makeStreamName = (track: string): string => `${OWN_STREAM_PREFIX}${track}-${crypto.randomUUID()}`
