import { expect, it } from 'vitest'
import { GuestSeats } from '@/server/live/guest-seats'

it('a guest has six connections, whatever others have, and a new one five seconds after one has closed', () => {
  const seats = new GuestSeats()
  const his = Array.from({ length: 6 }, () => seats.take('his', 0))
  expect(his).not.toContain(null)
  expect(seats.take('his', 0)).toBeNull()
  expect(seats.take('hers', 0)).not.toBeNull()
  seats.leave(his[0]!, 1_000)
  expect(seats.take('his', 5_999)).toBeNull()
  expect(seats.take('his', 6_000)).not.toBeNull()
  expect(seats.take('his', 6_000)).toBeNull()
})
