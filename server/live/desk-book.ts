/** What the agents say of their desks, on all nodes: each node tells the others of its own, and counts as gone when it has not for a while. */

/** Technicians by id. `onCall`: their calls are on the wallboard, so they need no other place on it. A fault is in words for people. */
export type Desks = Readonly<{ onCall: readonly string[]; faults: Readonly<Record<string, string>> }>
/** `onCall` here: of calls whose agents are connected; `away`: of those whose agents have gone. `idle`: an agent says that nothing is recorded. */
export type DeskNews = Desks & Readonly<{ away: readonly string[]; idle: readonly string[] }>

const FORGOTTEN_AFTER_MS = 5_000

export class DeskBook {
  private readonly others = new Map<string, Readonly<{ news: DeskNews; atMs: number }>>()

  /** `readOwn`: of the agents that are connected to this node. */
  constructor(private readonly readOwn: () => DeskNews) {}

  hear(node: string, news: DeskNews, nowMs = performance.now()): void {
    this.others.set(node, { news, atMs: nowMs })
  }

  /** Whose agent is back without the call is not on it any more. */
  read(nowMs = performance.now()): Desks {
    for (const [node, { atMs }] of this.others) if (nowMs - atMs > FORGOTTEN_AFTER_MS) this.others.delete(node)
    const all = [...[...this.others.values()].map(({ news }) => news), this.readOwn()]
    const idle = new Set(all.flatMap((news) => news.idle))
    const away = all.flatMap((news) => news.away).filter((id) => !idle.has(id))
    return { onCall: [...all.flatMap(({ onCall }) => onCall), ...away], faults: Object.assign({}, ...all.map(({ faults }) => faults)) as Desks['faults'] }
  }
}
