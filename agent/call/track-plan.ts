/** Which audio tracks a call has and where each comes from. */
import { OPUS_SAMPLE_RATE_HZ, trackFile, type AudioTrack, type TrackDescription } from '@/protocol/tracks'
import type { AudioSource, ScreenSize, SoftphoneCall } from '../capture/ports'

export type AudioPlan = { track: AudioTrack; source: AudioSource }

/** With a softphone each party has a track of its own; one microphone alone hears both. */
export function planAudio(softphone: SoftphoneCall | null): AudioPlan[] {
  if (!softphone) return [{ track: 'mixed', source: { kind: 'microphone', device: null } }]
  return [
    { track: 'technician', source: { kind: 'microphone', device: softphone.microphoneDevice } },
    { track: 'customer', source: { kind: 'program', streamIndex: softphone.playbackStream } },
  ]
}

export function describeTracks(audio: readonly AudioPlan[], screen: ScreenSize | null): TrackDescription[] {
  const sound = audio.map(({ track }): TrackDescription => ({ track, codec: 'opus', file: trackFile(track), sampleRateHz: OPUS_SAMPLE_RATE_HZ, channels: 1 }))
  return screen ? [...sound, { track: 'screen', codec: 'vp9', file: trackFile('screen'), ...screen }] : sound
}
