import { describe, expect, it } from 'vitest'
import { formatDay, formatDayAndTime, formatTimeOfDay, formatUtc } from '@/app/format/dates'
import { parseZone } from '@/app/format/zone'

const wallMs = Date.parse('2026-11-24T07:04:44.200Z')
const inJakarta = { wallMs, zone: 'Asia/Jakarta', locale: 'en-GB' }
const now = Date.parse('2026-12-01T00:00:00Z')

describe('a date', () => {
  it('stands in the zone of who looks at it', () => {
    expect(formatDayAndTime(inJakarta, now)).toBe('24 Nov, 14:04')
    expect(formatTimeOfDay({ ...inJakarta, zone: 'America/New_York' })).toBe('02:04:44')
  })

  it('names the year only when it is another one', () => {
    expect(formatDay(inJakarta, now)).toBe('24 Nov')
    expect(formatDay(inJakarta, Date.parse('2027-01-05T00:00:00Z'))).toBe('24 Nov 2026')
  })

  it('says UTC in full', () => expect(formatUtc(wallMs)).toBe('2026-11-24 07:04:44 UTC'))
})

describe('a zone from a cookie', () => {
  it('is taken when a calendar knows it', () => expect(parseZone('Asia/Jakarta')).toBe('Asia/Jakarta'))
  it.each([undefined, '', 'Mars/Olympus', '<script>'])('is UTC when it is %j', (name) => expect(parseZone(name)).toBe('UTC'))
})
