/** How dialogs look, whichever library makes them. */
export const OVERLAY = 'fixed inset-0 z-40 bg-black/40'
export const DIALOG = 'fixed top-1/2 left-1/2 z-50 max-h-[85dvh] -translate-x-1/2 -translate-y-1/2 overflow-y-auto rounded-lg border border-line-2 bg-surface'
