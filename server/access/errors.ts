/** Expected failures of signing in, setting up, pairing and managing people. */
import { agentCommand } from '@/protocol/agent-command'

export type AccessErrorReason = 'throttled' | 'weak-password' | 'email-taken' | 'token-dead' | 'code-unknown' | 'not-allowed' | 'last-admin' | 'name-taken' | 'wrong-password'

export class AccessError extends Error {
  override readonly name = 'AccessError'

  private constructor(
    readonly reason: AccessErrorReason,
    message: string,
    /** How long to wait before trying again; 0 when waiting does not help. */
    readonly waitMs = 0,
  ) {
    super(message)
  }

  static throttled(waitMs: number): AccessError {
    return new AccessError('throttled', `Too many attempts. Try again in ${describeWait(waitMs)}.`, waitMs)
  }

  static weakPassword(minLength: number, maxLength: number, length: number): AccessError {
    return new AccessError('weak-password', `The password has ${length} characters; it needs ${minLength} to ${maxLength}.`)
  }

  static emailTaken(email: string): AccessError {
    return new AccessError('email-taken', `There is already a user with the e-mail address ${email}.`)
  }

  static setupTokenDead(): AccessError {
    return new AccessError('token-dead', 'This set-up link has been used or is not the latest one. The server prints a new one when it starts without any user.')
  }

  static inviteDead(): AccessError {
    return new AccessError('token-dead', 'This invitation has been used, withdrawn or is too old. Ask your administrator for a new one.')
  }

  static lastAdmin(name: string): AccessError {
    return new AccessError('last-admin', `${name} is the only administrator who can sign in. Make somebody else an administrator first.`)
  }

  static teamNameTaken(name: string): AccessError {
    return new AccessError('name-taken', `There is already a team with the name ${name}.`)
  }

  static wrongPassword(): AccessError {
    return new AccessError('wrong-password', 'This is not your password of today.')
  }

  static codeUnknown(): AccessError {
    return new AccessError('code-unknown', `No device is waiting with this code. Codes last 15 minutes; ask the agent for a new one: ${agentCommand('pair')} <address of the server>`)
  }

  static notAllowed(): AccessError {
    return new AccessError('not-allowed', 'There is no such thing, or you may not see it.')
  }
}

export function describeWait(waitMs: number): string {
  const seconds = Math.max(1, Math.ceil(waitMs / 1_000))
  if (seconds < 90) return seconds === 1 ? '1 second' : `${seconds} seconds`
  return `${Math.ceil(seconds / 60)} minutes`
}
