/** The faults that last at this moment, in plain words, each with one owner that raises and clears it. */
import type { PanelFault } from '../panel/ports'

export class FaultBoard {
  private readonly faults = new Map<string, PanelFault>()
  private readonly listeners = new Set<() => void>()

  raise(fault: PanelFault): void {
    if (this.faults.get(fault.id)?.message === fault.message) return
    this.faults.set(fault.id, fault)
    this.tell()
  }

  clear(id: string): void {
    if (this.faults.delete(id)) this.tell()
  }

  list(): PanelFault[] {
    return [...this.faults.values()]
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  private tell(): void {
    for (const listener of this.listeners) listener()
  }
}
