import type { CaseState, LetterName } from '@embargo/core'
import { domainOf, effectMark, returnedMessageIds, sameAddress } from '@embargo/mail'
import type { DeliveryReport, ParsedMail } from '@embargo/mail'
import type { Deps } from '../deps.ts'
import { recipientOf } from '../letters/envelope.ts'
import { ownAddresses } from '../shared/own-addresses.ts'

/**
 * The most open cases that are searched for the public letter in a bounce. Limits the work that a made-up bounce can
 * cause.
 */
const MAX_CASES = 50

/** A public letter, and the case in which people see what happened to the letter. */
export type PublicLetter = { readonly state: CaseState; readonly letter: LetterName }

/**
 * The public letter that a bounce returns, with its case. Anyone can make up such a bounce, because the Message-ID of a
 * public letter is in the archive of the list. So the case shows the bounce, but nothing else may change. If a delivery
 * report does not name the address of the list, it is about one reader of the list, and is ignored.
 */
export async function returnedPublicLetter(
  deps: Deps,
  mail: ParsedMail,
  dsn: DeliveryReport | undefined,
): Promise<PublicLetter | undefined> {
  const domains = new Set(ownAddresses(deps.policy.policy).map((own) => domainOf(own).toLowerCase()))
  const returned = new Set(
    returnedMessageIds(mail)
      .map((id) => id.toLowerCase())
      .filter((id) => domains.has(id.replaceAll(/^.*@|>$/gu, ''))),
  )
  if (returned.size === 0) return undefined
  const marks = new Set([...returned].map((id) => id.replaceAll(/^<|@.*$/gu, '')))
  const isAbout = (address: string | undefined): boolean =>
    dsn === undefined ||
    dsn.recipients.some((one) =>
      [one.recipient, one.final].some((each) => address !== undefined && sameAddress(each, address)),
    )
  const { rows } = await deps.readModels.cases({ open: true, limit: MAX_CASES })
  for (const { stream } of rows) {
    const { state } = await deps.states.load(stream)
    if (state?.kind !== 'case') continue
    for (const release of new Set([state.release, state.lastRelease])) {
      if (release === undefined) continue
      for (const { effect } of await deps.outbox.ofStream(release)) {
        if (effect.kind !== 'send-mail' || effect.to.kind !== 'public' || !marks.has(effectMark(effect.id))) continue
        const rendered = (await deps.outbox.find(effect.id))?.rendered
        if (isAbout(rendered && recipientOf(rendered))) return { state, letter: effect.letter }
      }
    }
  }
  return undefined
}
