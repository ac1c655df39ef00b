import { acceptsDetails, policyFor, Severity } from '@embargo/core'
import type { Instant, Policy, PrenotificationList } from '@embargo/core'
import type { PolicyFinding, StaticCheck } from './finding.ts'

/** Finds recipients to whom no mail can ever be sent, and recipients who would get mail before they agreed to it. */
export const recipients: StaticCheck = (policy, from) => {
  const listIds = toldOf(policy)
  return policy.prenotification.lists.flatMap((list) =>
    list.recipients.flatMap((recipient): readonly PolicyFinding[] => {
      const subject = `${recipient.name} on the list ${list.name}`
      const never = listIds.has(list.id) ? neverMailed(policy, recipient) : NO_CASE
      if (never !== undefined)
        return [{ rule: 'unmailable-recipient', what: `${subject} can never be mailed.`, ...never }]
      return isToCome(recipient, from) ? [tooEarly(subject, recipient)] : []
    }),
  )
}

type Recipient = PrenotificationList['recipients'][number]
type FindingTexts = Pick<PolicyFinding, 'why' | 'instead'>

/** The lists that are told about cases of at least one project and severity. */
const toldOf = (whole: Policy): ReadonlySet<string> =>
  new Set(
    whole.projects.flatMap(({ id: project }) =>
      Severity.options.flatMap((severity) =>
        policyFor(whole, { project, severity }).prenotification.lists.map(({ id }) => id),
      ),
    ),
  )

const NO_CASE: FindingTexts = {
  why: 'The list is notified of no case: no case matches both its severities and its projects.',
  instead: 'Name severities and projects that the list is to be notified of, or remove the list.',
}

function neverMailed(policy: Policy, recipient: Recipient): FindingTexts | undefined {
  const { consented } = recipient
  if (consented === undefined) {
    return {
      why: 'Nobody recorded that they agreed to the terms of the list, and nothing is sent to a recipient who has not agreed.',
      instead: 'Write the day of their agreement in “consented”, or take them off the list.',
    }
  }
  if (!acceptsDetails(policy, recipient)) {
    return {
      why: 'There is no key to encrypt to, and the policy does not say that the recipient accepts plain text.',
      instead:
        'Write their key in “key”. If they accept plain text, write “plaintext: accepted” instead. Or take them off the list.',
    }
  }
  return undefined
}

const isToCome = ({ consented }: Recipient, from: Instant): boolean =>
  consented !== undefined && Date.parse(consented) > from

const tooEarly = (subject: string, { consented = '' }: Recipient): PolicyFinding => ({
  rule: 'consent-to-come',
  what: `${subject} is mailed although the day of their agreement, ${consented}, is still to come.`,
  why: 'Any day in “consented” already counts as agreement to the terms of the list, even a day that is still to come.',
  instead: 'Write the day on which they agreed, or leave out “consented” until they do.',
})
