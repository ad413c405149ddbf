/** How menus and popovers look, whichever Radix part makes them. */
export const SURFACE = 'z-50 rounded-lg border border-line-2 bg-surface text-body text-ink'
export const MENU = `${SURFACE} min-w-44 p-1`
export const MENU_ITEM = 'flex h-8 items-center gap-2 rounded-md px-2 outline-none select-none data-highlighted:bg-sunken [&_svg]:size-4 [&_svg]:text-ink-3'
