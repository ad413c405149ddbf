/** How the parts of the palette look, whoever fills them. */
export const ITEM = 'flex min-h-8 cursor-pointer items-center gap-3 rounded-md px-2 py-1 data-[selected=true]:bg-sunken [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-ink-3'
export const GROUP = 'p-1 [&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-label [&_[cmdk-group-heading]]:text-ink-2'
