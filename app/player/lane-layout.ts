/** Where the actions' chips stand in their lane: a label where there is room, an icon where there is little, one chip for many where they crowd. Pure. */

export type LaneItem = Readonly<{ id: string; atMs: number; label: string }>
export type LaneChip = Readonly<{ leftPx: number; widthPx: number; items: readonly LaneItem[]; showsLabel: boolean }>

const ICON_ONLY_PX = 26
const GAP_PX = 4
/** Icon and padding beside a label. */
const LABEL_EXTRA_PX = 40
const MAX_LABEL_PX = 200
/** Inter at 11 px, generous: measuring text costs a layout. */
const PX_PER_CHARACTER = 6.4

/** `items` in order of `atMs`. A chip begins at the instant of its first item and never covers the next chip. */
export function layoutLane(items: readonly LaneItem[], toPx: (atMs: number) => number): LaneChip[] {
  const groups: { leftPx: number; items: LaneItem[] }[] = []
  for (const item of items) {
    const leftPx = toPx(item.atMs)
    const last = groups.at(-1)
    if (last && leftPx < last.leftPx + ICON_ONLY_PX + GAP_PX) last.items.push(item)
    else groups.push({ leftPx, items: [item] })
  }
  return groups.map((group, index) => {
    const roomPx = (groups[index + 1]?.leftPx ?? Infinity) - group.leftPx - GAP_PX
    const wantedPx = group.items.length > 1 ? ICON_ONLY_PX + 18 : Math.min(MAX_LABEL_PX, group.items[0]!.label.length * PX_PER_CHARACTER + LABEL_EXTRA_PX)
    const widthPx = Math.max(ICON_ONLY_PX, Math.min(wantedPx, roomPx))
    return { leftPx: group.leftPx, widthPx, items: group.items, showsLabel: widthPx > ICON_ONLY_PX + 14 }
  })
}
