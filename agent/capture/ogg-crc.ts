/** The checksum of an Ogg page (RFC 3533 §6): CRC-32 with polynomial 0x04c11db7, not reflected, start and end value 0. */

/** Position of the checksum in a page; its four bytes count as zero. */
export const OGG_CRC_OFFSET_BYTES = 22

const POLYNOMIAL = 0x04c11db7
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte << 24
  for (let bit = 0; bit < 8; bit++) remainder = remainder & 0x80000000 ? (remainder << 1) ^ POLYNOMIAL : remainder << 1
  return remainder >>> 0
})

export function oggCrc(page: Uint8Array): number {
  let crc = 0
  for (let index = 0; index < page.length; index++) {
    const isCrcField = index >= OGG_CRC_OFFSET_BYTES && index < OGG_CRC_OFFSET_BYTES + 4
    const byte = isCrcField ? 0 : page[index]!
    crc = (crc << 8) ^ TABLE[(crc >>> 24) ^ byte]!
  }
  return crc >>> 0
}
