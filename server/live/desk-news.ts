/** What this node tells of its desks. */
import type { DeskNews } from './desk-book'
import type { LiveCalls } from './live-calls'

export function deskNewsOf(calls: Pick<LiveCalls, 'agents' | 'list'>): DeskNews {
  const said = [...calls.agents()].flatMap(([{ technician }, status]) => (status ? [{ technician, status }] : []))
  const faults = said.flatMap(({ technician, status }) => {
    const fault = status.faults.find(({ severity }) => severity === 'bad')
    return fault ? [[technician.id, fault.message] as const] : []
  })
  const technicianOf = ({ port }: { port: { technician: { id: string } } }): string => port.technician.id
  return {
    onCall: calls.list().filter(({ isAway }) => !isAway).map(technicianOf),
    away: calls.list().filter(({ isAway }) => isAway).map(technicianOf),
    idle: said.filter(({ status }) => status.callId === null).map(({ technician }) => technician.id),
    faults: Object.fromEntries(faults),
  }
}
