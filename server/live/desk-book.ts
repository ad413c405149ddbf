/** What the agents say of their desks, on all nodes: each node tells the others of its own, and counts as gone when it has not for a while. */

/** Technicians by id. `onCall`: their calls are on the wallboard. A fault is in words for people. */
export type DeskNews = Readonly<{ onCall: readonly string[]; faults: Readonly<Record<string, string>> }>

const FORGOTTEN_AFTER_MS = 5_000

export class DeskBook {
  private readonly others = new Map<string, Readonly<{ news: DeskNews; atMs: number }>>()

  /** `readOwn`: of the agents that are connected to this node. */
  constructor(private readonly readOwn: () => DeskNews) {}

  hear(node: string, news: DeskNews, nowMs = performance.now()): void {
    this.others.set(node, { news, atMs: nowMs })
  }

  read(nowMs = performance.now()): DeskNews {
    for (const [node, { atMs }] of this.others) if (nowMs - atMs > FORGOTTEN_AFTER_MS) this.others.delete(node)
    const all = [...[...this.others.values()].map(({ news }) => news), this.readOwn()]
    return { onCall: all.flatMap(({ onCall }) => onCall), faults: Object.assign({}, ...all.map(({ faults }) => faults)) as DeskNews['faults'] }
  }
}
