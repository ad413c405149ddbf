/** What signed-in pages stand in. */
import type { ReactNode } from 'react'
import { PaletteHost } from '../palette/PaletteHost'
import type { Account } from './AccountButton'
import type { Place } from './places'
import { Rail } from './Rail'

type ShellProps = Readonly<{ account: Account; places: readonly Place[]; children: ReactNode }>

export function Shell({ account, places, children }: ShellProps) {
  return (
    <PaletteHost places={places}>
      <Rail account={account} places={places} />
      <main className="flex min-h-dvh min-w-0 flex-col pb-[52px] md:pb-0 md:pl-[52px]">{children}</main>
    </PaletteHost>
  )
}
