/** A call or device that does not exist, or that one may not see; the shell around it stays. */
import { NothingHere } from '../shell/NothingHere'

export default function NotFound() {
  return <NothingHere />
}
