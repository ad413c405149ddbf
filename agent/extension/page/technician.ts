/** Tells the technician's deeds from the page's own, and when they happened. */

/** A page may answer a deed with events of its own making (a drawn select that sets a hidden one) for this long. */
const ANSWER_MS = 1_000
const DEEDS = ['pointerdown', 'pointerup', 'keydown', 'keyup', 'input', 'paste', 'drop'] as const

export class Technician {
  private lastDeedMs = -Infinity

  constructor(target: EventTarget, signal: AbortSignal) {
    for (const deed of DEEDS) {
      target.addEventListener(deed, (event) => { if (event.isTrusted) this.lastDeedMs = event.timeStamp }, { capture: true, signal })
    }
  }

  did(event: Event): boolean {
    return event.isTrusted || event.timeStamp - this.lastDeedMs < ANSWER_MS
  }
}

/**
 * Wall clock at an event. Its age is taken from now, not added to `performance.timeOrigin`: a page that stays open all day
 * has a time origin from before the computer slept and before its clock was set.
 */
export const wallMsOf = (event: Event): number => Date.now() - Math.max(0, performance.now() - event.timeStamp)
