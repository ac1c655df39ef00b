import { isAddress, recipientMark, vendorMark } from '@embargo/mail'
import type { Envelope } from '@embargo/mail'
import { CannotPerform } from '../dispatch/effect-errors.ts'
import { subjectCase } from './subject-case.ts'
import { addressOf } from './address.ts'
import { requireApprovedContent } from './approved-content.ts'
import { gatherMaterial } from './gather-material.ts'
import { renderLetter } from './render-letter.ts'
import type { LetterMaterial } from '@embargo/letters'
import type { MailContext } from './mail-context.ts'
import { letterReason } from './reschedule-reason.ts'
import { senderOf } from './sender.ts'
import { recipientOf } from './envelope.ts'
import { replyRouting } from './reply-routing.ts'
import { readerOf } from './encryption.ts'
import { keyMaterial, writeOutgoing } from './protect-outgoing.ts'
import { currentKey } from '../keys/project-keys.ts'

/**
 * Renders the final bytes of a mail.
 *
 * @throws CannotPerform if there is no address, the text cannot be written, or the mail differs from what was
 * approved
 */
export async function renderMail(context: MailContext): Promise<Uint8Array> {
  const { effect, deps } = context
  const gathered = materialOf(context)
  const to = addressOf(effect.letter, gathered)
  const reader = await readerOf(deps.mailWriter, effect.letter, gathered)
  if (!isAddress(to))
    throw new CannotPerform('The address of this mail is not a plain address, so nothing can be sent to it.')
  await requireApprovedContent(context)
  const own = await currentKey(deps.ownKeys, gathered.project)
  const material = { ...gathered, ...(await keyMaterial(own, reader, gathered)) }
  const content = await renderLetter(deps, effect.letter, material)
  const header = { ...(await envelope(context, material, to)), to, ...(own && { publicKey: own.public }) }
  return writeOutgoing(deps, { content, envelope: header }, { reader, own, material })
}

/**
 * Whether the reporter's address has changed since the mail was rendered. Two people must approve such a change. An
 * erased reporter has no address, so the result is false.
 */
export function hasNewAddress(context: MailContext, rendered: Uint8Array): boolean {
  if (context.effect.to.kind !== 'report') return false
  const address = materialOf(context).report?.identity.value?.address
  return address !== undefined && address !== recipientOf(rendered)
}

/** The material from which a mail is rendered. @throws CannotPerform */
export function materialOf({ effect, recorded, world, now, deps }: MailContext): LetterMaterial {
  const about = subjectCase(effect, recorded.event, world.release)
  return gatherMaterial({
    deps,
    world,
    to: effect.to,
    now,
    event: recorded.event,
    publishedAt: world.release?.publicAt ?? world.release?.startedAt ?? world.case?.cs.public ?? now,
    ...(world.release?.at !== undefined && { releaseAt: world.release.at }),
    ...letterReason(recorded.event),
    ...(about !== undefined && { about }),
  })
}

async function envelope(
  { effect, deps, now }: MailContext,
  material: LetterMaterial,
  address: string,
): Promise<Omit<Envelope, 'to'>> {
  const { project, case: theCase, report, to } = material
  const answered = report && (await deps.messageIdOf(report.message))
  const tag = {
    case: theCase.id,
    ...(report && { report: report.id }),
    ...(to.kind === 'recipient' && { recipient: recipientMark(to) }),
    ...((to.kind === 'vendor' || to.kind === 'cna') && { vendor: vendorMark(address) }),
  }
  return {
    from: senderOf(material),
    ...replyRouting(deps, effect, { tag, own: project.address }),
    date: now,
    ...(effect.letter === 'receipt' && { automatic: 'auto-replied' as const }),
    ...(answered !== undefined && { inReplyTo: answered, references: [answered] }),
  }
}
