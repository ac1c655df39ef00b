import { isRefused, intakeDecider } from '@embargo/core'
import type { Actor, Refusal } from '@embargo/core'
import type { Deps } from '../deps.ts'
import type { SpooledMail } from '../ports/mail-spool.ts'
import type { ReadableMail } from '../ports/presenter.ts'
import { readableMail } from './readable-mail.ts'

/** One mail that waits for a person, with its text if it can be read. */
export type HeldMail = Pick<SpooledMail, 'id' | 'receivedAt' | 'envelopeFrom'> & {
  readonly mail?: ReadableMail
  readonly hasEncryptedMail?: true
}

export type HeldMails =
  | { readonly ok: true; readonly count: number; readonly mails: readonly HeldMail[] }
  | { readonly ok: false; readonly refusal: Refusal }

/** The mails that wait because more came than the policy accepts in an hour, the oldest first. */
export async function heldMails(deps: Deps, actor: Actor, limit: number): Promise<HeldMails> {
  const { spool, policy } = deps
  const person = intakeDecider(policy.policy, actor)
  if (isRefused(person)) return { ok: false, refusal: person }
  const [count, rows] = [await spool.countHeld(), await spool.held(limit)]
  const mails: HeldMail[] = []
  for (const { id, receivedAt, envelopeFrom } of rows) {
    const mail = await deps.readMail(id)
    mails.push({
      id,
      receivedAt,
      ...(envelopeFrom !== undefined && { envelopeFrom }),
      ...(mail !== undefined && { mail: readableMail(mail) }),
      ...(mail !== undefined && mail.protection.encryption !== 'none' && { hasEncryptedMail: true as const }),
    })
  }
  return { ok: true, count, mails }
}
