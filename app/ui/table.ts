/** How cells of tables look; rows are 44 px high. */
export const HEAD_CELL = 'h-[35px] px-2.5 text-left text-meta font-medium text-ink-3 first:pl-4 last:pr-4'
export const CELL = 'px-2.5 whitespace-nowrap first:pl-4 last:pr-4'
