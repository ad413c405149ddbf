/** Every flipped bit, deletion and reorder up to the last seal is found: each line, each payload, sampled where there are many. */
import { describe, expect, it } from 'vitest'
import { LOG_FILE } from '@/protocol/entries'
import { checkLog } from '@/verify/check-log'
import { joinLines, splitLines, type Files } from '../fixtures/log-builder'
import { makeSampleFiles } from '../fixtures/sample-call'
import { makeMemoryFolder } from './memory-folder'

const original = makeSampleFiles()
const lines = splitLines(original.get(LOG_FILE)!)
/** The last line is the receipt for the last seal: nothing covers it but its own signature. */
const SEALED_LINES = lines.length - 1

const isFound = async (files: Files): Promise<boolean> => !(await checkLog(makeMemoryFolder(files))).isVerified
const withLines = (changed: readonly Uint8Array[]): Files => new Map(original).set(LOG_FILE, joinLines(changed))

function withFlippedBit(name: string, byteIndex: number, bit: number): Files {
  const bytes = Uint8Array.from(original.get(name)!)
  bytes[byteIndex] = bytes[byteIndex]! ^ (1 << bit)
  return new Map(original).set(name, bytes)
}

async function missed<T>(attempts: readonly T[], tamper: (attempt: T) => Files): Promise<T[]> {
  const found = await Promise.all(attempts.map((attempt) => isFound(tamper(attempt))))
  return attempts.filter((_, index) => !found[index])
}

const numbers = (count: number, step = 1): number[] => Array.from({ length: Math.ceil(count / step) }, (_, index) => index * step)

describe('tampering', () => {
  it('is not seen where there is none', async () => {
    expect(await isFound(original)).toBe(false)
  })

  it('with any byte of the sealed log is found', async () => {
    const sealedBytes = joinLines(lines.slice(0, SEALED_LINES)).length
    expect(await missed(numbers(sealedBytes, 7), (at) => withFlippedBit(LOG_FILE, at, at % 8))).toEqual([])
  }, 120_000)

  it('with any bit of the last seal is found through its receipt', async () => {
    const start = joinLines(lines.slice(0, SEALED_LINES - 1)).length
    const bits = numbers(lines[SEALED_LINES - 1]!.length * 8, 5)
    expect(await missed(bits, (bit) => withFlippedBit(LOG_FILE, start + (bit >> 3), bit & 7))).toEqual([])
  }, 120_000)

  it('with any byte of a track is found', async () => {
    for (const name of ['technician.ogg', 'customer.ogg']) {
      expect(await missed(numbers(original.get(name)!.length), (at) => withFlippedBit(name, at, at % 8))).toEqual([])
    }
  }, 120_000)

  it('by taking out any line is found', async () => {
    expect(await missed(numbers(SEALED_LINES), (index) => withLines(lines.toSpliced(index, 1)))).toEqual([])
  })

  it('by taking out everything from any line to the close is found', async () => {
    expect(await missed(numbers(SEALED_LINES - 2), (index) => withLines(lines.slice(0, index)))).toEqual([])
  })

  it('by changing places of any two neighbouring lines is found', async () => {
    expect(await missed(numbers(SEALED_LINES - 1), (index) => withLines(lines.toSpliced(index, 2, lines[index + 1]!, lines[index]!)))).toEqual([])
  })

  it('by repeating any line is found', async () => {
    expect(await missed(numbers(SEALED_LINES), (index) => withLines(lines.toSpliced(index, 0, lines[index]!)))).toEqual([])
  })

  it('by swapping the tracks of the parties is found', async () => {
    const swapped = new Map(original).set('technician.ogg', original.get('customer.ogg')!).set('customer.ogg', original.get('technician.ogg')!)
    expect(await isFound(swapped)).toBe(true)
  })
})
