/**
 * Who may see what. One rule, in two forms: for a call at hand and for a query.
 *
 * Put the forms for queries into `AND`, never spread them: a second condition on the same column would replace the rule.
 *
 * An admin sees every call. Everybody else sees the calls that he took himself; supervisors and reviewers see nothing more
 * until teams exist to give them calls. What one may not see is answered like what does not exist.
 */
import type { Prisma } from '../database/generated/client'
import type { Viewer } from './sessions'

export const maySeeCall = (viewer: Viewer, call: { technicianId: string }): boolean => viewer.role === 'admin' || call.technicianId === viewer.id

export const callsVisibleTo = (viewer: Viewer): Prisma.CallWhereInput => (viewer.role === 'admin' ? {} : { technicianId: viewer.id })

/** An admin manages every device, everybody else his own. */
export const mayManageDevice = (viewer: Viewer, device: { userId: string }): boolean => viewer.role === 'admin' || device.userId === viewer.id

export const devicesVisibleTo = (viewer: Viewer): Prisma.DeviceWhereInput => (viewer.role === 'admin' ? {} : { userId: viewer.id })

export const mayManageUsers = (viewer: Viewer): boolean => viewer.role === 'admin'
