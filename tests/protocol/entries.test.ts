import { describe, expect, it } from 'vitest'
import { GENESIS_HASH } from '@/protocol/chain'
import { EntryError, makeLine, MAX_LINE_BYTES, parseLine } from '@/protocol/entries'
import { LINDA } from '../fixtures/log-builder'

const lineOf = (value: object): Uint8Array => new TextEncoder().encode(JSON.stringify(value))
const note = { v: 1, seq: 3, atMs: 8_712, kind: 'note', data: { by: LINDA, text: 'hears an echo' }, prev: GENESIS_HASH }

describe('a line', () => {
  it('comes back as the entry that it was made of', () => {
    const entry = parseLine(makeLine({ atMs: 8_712, kind: 'note', data: { by: LINDA, text: 'ünïcode “quotes” \u0000' } }, 3, GENESIS_HASH))
    expect(entry).toEqual({ v: 1, seq: 3, atMs: 8_712, kind: 'note', data: { by: LINDA, text: 'ünïcode “quotes” \u0000' }, prev: GENESIS_HASH })
  })

  it('never contains a newline, whatever its texts do', () => {
    expect(makeLine({ atMs: 0, kind: 'note', data: { by: LINDA, text: 'one\ntwo\r\nthree' } }, 0, GENESIS_HASH)).not.toContain(0x0a)
  })

  it('of an unknown kind is kept whole', () => {
    const entry = parseLine(lineOf({ ...note, kind: 'mood', data: undefined, mood: { level: 3 } }))
    expect(entry).toMatchObject({ kind: 'unknown', originalKind: 'mood', raw: { mood: { level: 3 } } })
  })

  it('may carry fields that this version does not know', () => {
    expect(parseLine(lineOf({ ...note, invented: true })).kind).toBe('note')
  })

  it.each([
    ['is not JSON', new TextEncoder().encode('{"v":1,')],
    ['is not UTF-8', Uint8Array.of(0x22, 0xff, 0x22)],
    ['is not an object', lineOf([1])],
    ['is of another version', lineOf({ ...note, v: 2 })],
    ['has a position before the call', lineOf({ ...note, atMs: -1 })],
    ['has a fraction of a millisecond', lineOf({ ...note, atMs: 1.5 })],
    ['names no line before it', lineOf({ ...note, prev: 'ABC' })],
    ['lacks a field of its kind', lineOf({ ...note, data: { by: LINDA } })],
    ['is longer than a reader must accept', lineOf({ ...note, kind: 'x', pad: 'x'.repeat(MAX_LINE_BYTES) })],
  ])('that %s is refused', (_, line) => {
    expect(() => parseLine(line)).toThrow(EntryError)
  })

  it('says what is wrong with it', () => {
    expect(() => parseLine(lineOf({ ...note, data: { by: LINDA, text: '' } }))).toThrow(/entry 3 of kind note is malformed[^]*text/)
  })
})
