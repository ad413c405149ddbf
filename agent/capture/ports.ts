/** What the agent asks of an operating system: one driver per system behind these types, one in memory for tests. */
import type { GapCause } from '@/protocol/entries'
import type { AudioTrack } from '@/protocol/tracks'

/** One 20 ms mono Opus packet. `wallMs` is the wall clock at its first sample. */
export type AudioPacket = { bytes: Uint8Array; wallMs: number }

/** One encoded VP9 frame. `wallMs` is the wall clock at which the screen looked so. */
export type ScreenFrame = { bytes: Uint8Array; wallMs: number; isKey: boolean }
export type ScreenSize = { widthPx: number; heightPx: number }

export type CaptureFault = { cause: GapCause; detail: string }

/**
 * What a running capture tells. A fault means that nothing is delivered from now on; the capture goes on trying by itself
 * and the next item says that it succeeded.
 */
export type CaptureListener<Item> = {
  onItem(item: Item): void
  onFault(fault: CaptureFault): void
}

export interface Capture {
  /** Resolves when the last item has been delivered and no child process is left. Calling it twice is harmless. */
  stop(): Promise<void>
}

export interface ScreenCapture extends Capture {
  readonly size: ScreenSize
}

/**
 * Where the sound of one track comes from. `program` is one softphone's own stream: index of its PulseAudio sink input.
 */
export type AudioSource = { kind: 'microphone'; device: string | null } | { kind: 'program'; streamIndex: number } | { kind: 'speaker'; device: string | null }

export type SoundDevice = { id: string; description: string; isDefault: boolean; kind: 'microphone' | 'speaker' }

/** A program that plays and uses the microphone at once: somebody is on the phone. */
export type SoftphoneCall = { application: string; playbackStream: number; microphoneStream: number; microphoneDevice: string }
export type SoftphoneListener = {
  onBegan(call: SoftphoneCall): void
  /** The program stopped delivering while it holds its stream: on hold. */
  onHold(call: SoftphoneCall, isHeld: boolean): void
  onEnded(call: SoftphoneCall): void
}

/** Somebody's voice into the technician's ear. */
export interface VoicePlayback {
  /** Plays what follows on what was given before: mono at 48 kHz. Never waits. */
  play(samples: Float32Array): void
  /** Lets what was given be heard to its end. Resolves when no child process is left. */
  finish(): Promise<void>
  /** Ends it now. */
  cut(): Promise<void>
}

export type KeyListener = {
  onPress(): void
  /** Whether the key is ours in every window: `null` when it is, otherwise what keeps it from that. Told of every try. */
  onStanding(problem: string | null): void
}

export type Requirement = { name: string; isMet: boolean; found: string; remedy: string | null }

export interface CaptureDriver {
  /** What this system needs and lacks, each with the way to get it. */
  checkRequirements(): Promise<Requirement[]>
  /** Whether there is a screen that can be recorded; quick. */
  checkDisplay(): Promise<Requirement>
  listDevices(): Promise<SoundDevice[]>
  /** Plays a tone on the speaker that is in use; rejects when it cannot be played. */
  playTone(frequencyHz: number, durationMs: number): Promise<void>
  /** Plays where that softphone plays, or else on the speaker that is in use; `onFailed` is told once when it cannot be heard. */
  openVoice(beside: SoftphoneCall | null, onFailed: (why: string) => void): VoicePlayback
  openAudio(track: AudioTrack, source: AudioSource, listener: CaptureListener<AudioPacket>): Capture
  /** Rejects when there is no display that can be recorded. */
  openScreen(listener: CaptureListener<ScreenFrame>): Promise<ScreenCapture>
  /** Sound is delivered at least so often, until the answer is called: for those who watch a meter or listen. */
  deliverEvery(intervalMs: number): () => void
  watchSoftphones(listener: SoftphoneListener): Promise<Capture>
  /** Presses of a key (`F8`, `Control+F9`) wherever the person is working; never rejects, the listener hears how it stands. */
  watchKey(key: string, listener: KeyListener): Capture
  /** Tries the key once; fails while an agent on this display has it. */
  checkKey(key: string): Promise<Requirement>
  /** Titles of the active window as they change; a system that does not tell never calls. */
  watchWindowTitles(onTitle: (title: { application: string; title: string; wallMs: number }) => void): Promise<Capture>
}
