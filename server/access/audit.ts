/** The audit trail: who looked, listened, downloaded and changed rights. Append-only; written from the first day. */
import type { DatabaseOrTransaction } from '../database/client'
import { Prisma } from '../database/generated/client'

/**
 * Each verb with the sentence that it stands for. Stored for good: a verb may be added, never renamed or given another
 * meaning.
 */
export const AUDIT_VERBS = {
  'signed-in': 'signed in',
  'sign-in-failed': 'tried to sign in and failed; the detail has the e-mail address',
  'signed-out': 'signed out',
  'session-ended': 'ended sessions of a user, his own or another’s; the detail says whether one or all',
  'password-changed': 'changed his password, which ended his other sessions',
  'profile-changed': 'changed his name; the detail has both names',
  'user-created': 'created a user; the detail has the role',
  'user-role-changed': 'changed the role of a user; the detail has both roles',
  'user-disabled': 'took away a user’s right to sign in',
  'user-enabled': 'gave back a user’s right to sign in',
  invited: 'made a link for a new account; the detail has e-mail address and role',
  'invite-withdrawn': 'withdrew such a link before it was used; the detail has its e-mail address',
  'team-created': 'made a team; the detail has its name',
  'team-changed': 'changed a team’s name or its rule; the detail has what it is now',
  'team-phrases-set': 'set the phrases that raise a team’s running calls; the detail has its name and the phrases',
  'team-listeners-rule-set': 'set whether a team’s technicians see who listens to their running calls; the detail has the rule',
  'team-deleted': 'deleted a team; the detail has its name',
  'team-member-added': 'put a user into a team; the detail has its name',
  'team-member-removed': 'took a user out of a team; the detail has its name',
  'call-given': 'gave a call to a reviewer',
  'call-taken-back': 'took a call back from a reviewer',
  'device-approved': 'let a device record in his name',
  'device-denied': 'refused a device that asked to be let in',
  'device-paired': 'fetched the token of an approved device (the device itself did)',
  'device-revoked': 'took away a device’s right to send calls',
  'audit-looked': 'looked at the audit trail; the detail has the filters',
  'audit-downloaded': 'downloaded the audit trail; the detail has the filters',
  'calls-listed': 'looked at the list of calls, or found some by a name; the detail has the filter or the name',
  'calls-downloaded': 'downloaded the list of calls; the detail has the filter',
  looked: 'opened the page of a call, or had it open for another hour; or opened a clip of one, which the detail then names, once an hour for each viewer and clip',
  listened: 'played the sound or screen of a call, or of a clip of one, which the detail then names; once an hour for each viewer and call or clip',
  'listened-live': 'began to listen to a call while it ran',
  coached: 'wrote or spoke to the technician of a running call; the detail says which',
  witnessed: 'stood as a witness on a running call, or stopped; the detail says which',
  'live-invited': 'made a link that lets somebody without an account listen to one running call; the detail has his name, as what and until when',
  'live-invitation-confirmed': 'confirmed such a link under his name (the invited person did); the detail has the name, as what and who invited him',
  'live-joined': 'began to listen to a running call by such a link (the invited person did), once an hour; the detail as above, with the id of the invitation',
  'live-invitation-ended': 'ended such an invitation before its time; the detail has the invited person’s name',
  downloaded: 'downloaded a file of a call; the detail has its name',
  'task-retried': 'had something derived from a call made again; the detail has its kind',
  'sample-loaded': 'loaded the sample call for himself',
  'sample-removed': 'removed a sample call with everything that was made of it; the detail says how much that was',
  'note-added': 'attached a note to a moment of a call; the detail has its place and the hash of its text',
  'note-deleted': 'deleted a note on a call; the detail has its place and the hash of its text',
  'training-list-made': 'made a training list; the detail has its name and its team, if any',
  'training-list-changed': 'changed a training list or the order of its clips; the detail has its name, and of what was changed how it is and was',
  'training-list-deleted': 'deleted a training list; the detail has its name and how many clips went with it',
  'training-assigned': 'assigned a training list to a user, or set another day for it; the detail has its name and the day',
  'training-unassigned': 'took a training list back from a user; the detail has its name',
  'clip-added': 'put a stretch of a call into a training list; the detail has both names and the stretch',
  'clip-renamed': 'gave a clip another title; the detail has both',
  'clip-removed': 'took a clip out of a training list; the detail has both names',
  'clip-comment-added': 'commented an instant of a clip; the detail has its place and the hash of the text',
  'clip-comment-deleted': 'deleted a comment on a clip; the detail has its place and the hash of the text',
  'clip-ticked': 'ticked off a clip that was assigned to him; the detail has clip and list',
  'clip-unticked': 'took such a tick away again',
} as const
export type AuditVerb = keyof typeof AUDIT_VERBS

export type AuditRecord = {
  verb: AuditVerb
  /** Null before anybody is signed in. */
  actorId: string | null
  address?: string | null
  callId?: string
  deviceId?: string
  userId?: string
  detail?: Prisma.InputJsonObject
}

/** Pass the transaction of the change that it tells of, so that one is never without the other. */
export async function recordAudit(database: DatabaseOrTransaction, record: AuditRecord): Promise<void> {
  await database.auditEntry.create({ data: record, select: { id: true } })
}

/** The same for many at once. */
export async function recordAudits(database: DatabaseOrTransaction, records: AuditRecord[]): Promise<void> {
  await database.auditEntry.createMany({ data: records })
}
