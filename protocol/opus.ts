/** The form in which voices are recorded, apart from the schemas, so that pages need not carry them. */
/** Opus runs at 48 kHz whatever its input (RFC 6716 §2.1). */
export const OPUS_SAMPLE_RATE_HZ = 48_000
/** Duration of each Opus packet that the agent makes. */
export const OPUS_PACKET_MS = 20
/** A 20 ms mono packet of Opus silence (CELT, full band; RFC 6716 §3.1): what fills a hole in an audio file. */
export const OPUS_SILENCE: Readonly<Uint8Array> = Uint8Array.of(0xf8, 0xff, 0xfe)
