/**
 * How many connections a guest may have to this server. As each may ask for the call once a second, that bounds what he can
 * make the server do.
 */
const SEATS = 6
/** So long a seat stays taken after its connection has closed: who comes and goes without end has to wait. */
const FREE_AFTER_MS = 5_000

export type GuestSeat = { readonly invitationId: string; freeAtMs: number }

export class GuestSeats {
  private taken: GuestSeat[] = []

  /** `null` when he has as many as he may. */
  take(invitationId: string, nowMs = performance.now()): GuestSeat | null {
    this.taken = this.taken.filter(({ freeAtMs }) => freeAtMs > nowMs)
    if (this.taken.filter((seat) => seat.invitationId === invitationId).length >= SEATS) return null
    const seat = { invitationId, freeAtMs: Infinity }
    this.taken.push(seat)
    return seat
  }

  leave(seat: GuestSeat, nowMs = performance.now()): void {
    seat.freeAtMs = nowMs + FREE_AFTER_MS
  }
}
