/** Where the actions' chips stand in their lane: a label where there is room, an icon or a count where there is little, one chip for many where they crowd. Pure. */

/** Of items that share a chip the one with the highest `weight` is named. */
export type LaneItem = Readonly<{ id: string; atMs: number; label: string; weight: number }>
export type LaneChip<Item extends LaneItem = LaneItem> = Readonly<{ leftPx: number; widthPx: number; items: readonly Item[]; lead: Item; showsLabel: boolean }>

/** An icon, or a count of four digits. */
const NARROW_PX = 30
/** Of a label less than this says nothing. */
const LEAST_LABEL_PX = 30
const GAP_PX = 4
/** Icon and padding beside a label. */
const LABEL_EXTRA_PX = 40
const MAX_LABEL_PX = 200
/** `+3` at the end of a chip that stands for four. */
const COUNT_PX = 22
/** Inter at 11 px, generous: measuring text costs a layout. */
const PX_PER_CHARACTER = 6.4

/** `items` in order of `atMs`. A chip begins at the instant of its first item and never covers the next chip. */
export function layoutLane<Item extends LaneItem>(items: readonly Item[], toPx: (atMs: number) => number): LaneChip<Item>[] {
  const groups: { leftPx: number; items: Item[]; lead: Item }[] = []
  for (const item of items) {
    const leftPx = toPx(item.atMs)
    const last = groups.at(-1)
    if (!last || leftPx >= last.leftPx + NARROW_PX + GAP_PX) {
      groups.push({ leftPx, items: [item], lead: item })
      continue
    }
    last.items.push(item)
    if (item.weight > last.lead.weight) last.lead = item
  }
  return groups.map((group, index) => {
    const roomPx = (groups[index + 1]?.leftPx ?? Infinity) - group.leftPx - GAP_PX
    const countPx = group.items.length > 1 ? COUNT_PX : 0
    const wantedPx = Math.min(MAX_LABEL_PX, group.lead.label.length * PX_PER_CHARACTER + LABEL_EXTRA_PX + countPx)
    const widthPx = Math.min(wantedPx, roomPx)
    const showsLabel = widthPx >= LABEL_EXTRA_PX + countPx + LEAST_LABEL_PX
    return { ...group, widthPx: showsLabel ? widthPx : NARROW_PX, showsLabel }
  })
}
