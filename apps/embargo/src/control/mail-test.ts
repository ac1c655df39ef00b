import { findTestMail, sendTestMail } from '@embargo/engine'
import type { ReturnedTest, SentTest } from '@embargo/engine'
import { Instant } from '@embargo/core'
import { z } from 'zod'
import type { ProgramParts } from '../program/program.ts'

const SendInput = z.object({ id: z.string().regex(/^[a-z2-7]{8,20}$/u) })
const FindInput = z.object({
  id: z.string().max(20),
  at: Instant,
  from: z.string().max(320),
  to: z.string().max(320),
  messageId: z.string().max(320),
})

/**
 * Sends a test mail to the first project's address.
 * @throws if no relay is set, if no program is running, if the policy has no project, or if the relay does not accept the
 * mail
 */
export async function sendTest({ engine, mailOut, relays }: ProgramParts, raw: unknown): Promise<SentTest> {
  const { id } = SendInput.parse(raw)
  if (!relays)
    throw new Error('No relay is set, so no mail leaves. Set EMBARGO_SMTP_RELAY, then start the program again.')
  if (mailOut === undefined)
    throw new Error('The mail must come back to a running program: start it with "npm start", then run this again.')
  const sent = await sendTestMail(engine.deps, mailOut, id)
  if (sent === undefined) throw new Error('The policy has no project, and so no address to write to.')
  return sent
}

export async function findTest({ engine }: ProgramParts, raw: unknown): Promise<{ readonly returned?: ReturnedTest }> {
  const returned = await findTestMail(engine.deps, FindInput.parse(raw))
  return returned === undefined ? {} : { returned }
}
