/** What signed-in pages stand in. */
import type { ReactNode } from 'react'
import type { Account } from './AccountButton'
import { Rail } from './Rail'

export function Shell({ account, children }: Readonly<{ account: Account; children: ReactNode }>) {
  return (
    <>
      <Rail account={account} />
      <main className="flex min-h-dvh min-w-0 flex-col pb-[52px] md:pb-0 md:pl-[52px]">{children}</main>
    </>
  )
}
