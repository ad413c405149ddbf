/** Where the actions' chips stand in their lane: a label where there is room, an icon or a count where there is little, one chip for many where they crowd. Pure. */

export type LaneItem = Readonly<{ atMs: number }>
/** `items` share it, `lead` is named. */
export type LaneGroup<Item extends LaneItem = LaneItem> = Readonly<{ leftPx: number; /** Until the next one. */ roomPx: number; items: readonly Item[]; lead: Item }>
export type LaneChip = Readonly<{ widthPx: number; showsLabel: boolean }>

/** An icon, or a count of four digits. */
const NARROW_PX = 30
/** Of a label less than this says nothing. */
const LEAST_LABEL_PX = 30
const GAP_PX = 4
/** Icon and padding beside a label. */
const LABEL_EXTRA_PX = 40
export const MAX_CHIP_PX = 200
/** `+3` at the end of a chip that stands for four. */
const COUNT_PX = 22
/** Inter at 11 px, generous: measuring text costs a layout. */
const PX_PER_CHARACTER = 6.4

/** `items` in order of `atMs`; of those that share a chip the one of highest weight leads. A chip begins at the instant of its first item. */
export function groupLane<Item extends LaneItem>(items: readonly Item[], toPx: (atMs: number) => number, weightOf: (item: Item) => number): LaneGroup<Item>[] {
  const groups: { leftPx: number; roomPx: number; items: Item[]; lead: Item }[] = []
  for (const item of items) {
    const leftPx = toPx(item.atMs)
    const last = groups.at(-1)
    if (!last || leftPx >= last.leftPx + NARROW_PX + GAP_PX) {
      if (last) last.roomPx = leftPx - last.leftPx - GAP_PX
      groups.push({ leftPx, roomPx: Infinity, items: [item], lead: item })
      continue
    }
    last.items.push(item)
    if (weightOf(item) > weightOf(last.lead)) last.lead = item
  }
  return groups
}

/** `label`: what its lead would be named. The chip never covers the next one. */
export function fitChip({ items, roomPx }: LaneGroup, label: string): LaneChip {
  const countPx = items.length > 1 ? COUNT_PX : 0
  const wantedPx = Math.min(MAX_CHIP_PX, label.length * PX_PER_CHARACTER + LABEL_EXTRA_PX + countPx)
  const widthPx = Math.min(wantedPx, roomPx)
  const showsLabel = widthPx >= LABEL_EXTRA_PX + countPx + LEAST_LABEL_PX
  return { widthPx: showsLabel ? widthPx : NARROW_PX, showsLabel }
}
