/** An address that leads nowhere. */
import { NothingHere } from './shell/NothingHere'

export default function NotFound() {
  return (
    <main>
      <NothingHere />
    </main>
  )
}
