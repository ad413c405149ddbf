/** The front door leads to the calls. */
import { redirect } from 'next/navigation'

export default function Home(): never {
  redirect('/calls')
}
