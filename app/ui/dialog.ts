/** How dialogs look, whichever library makes them. */
export const OVERLAY = 'fixed inset-0 z-40 bg-[rgb(0_0_0/0.4)]'
export const DIALOG = 'fixed top-1/2 left-1/2 z-50 max-h-[85dvh] -translate-x-1/2 -translate-y-1/2 overflow-y-auto rounded-lg border border-line-2 bg-surface'
