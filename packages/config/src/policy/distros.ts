import { LINUX_DISTROS } from '@embargo/core'
import type { Policy } from '@embargo/core'
import type { Problem } from '../problems/problem.ts'
import { nameOf } from './path-name.ts'
import type { PolicyText } from './policy-text.ts'

/** Finds settings that break a rule of linux-distros, the mailing list of the Linux distributions. */
export const distrosMistakes = (policy: Policy, text: PolicyText): readonly Problem[] => [
  ...unencryptedDistros(policy, text),
  ...overlongDistros(policy, text),
  ...mildDistros(policy, text),
]

/** Finds recipients of linux-distros who would get plain text, although linux-distros takes only encrypted mail. */
function unencryptedDistros({ prenotification }: Policy, text: PolicyText): readonly Problem[] {
  return prenotification.lists.flatMap(({ kind, recipients }, list) =>
    recipients.flatMap(({ plaintext }, recipient): readonly Problem[] => {
      if (kind === undefined || plaintext === undefined) return []
      const path = ['prenotification', 'lists', list, 'recipients', recipient, 'plaintext']
      return [
        {
          at: text.place(path),
          found: plaintext,
          because: `${nameOf(path)} allows unencrypted mail to linux-distros, but that list takes only encrypted mail.`,
          instead: 'Take it out, and set "key" to the public key of the list.',
        },
      ]
    }),
  )
}

/** Finds lists of the kind `linux-distros` whose maximum embargo is longer than linux-distros accepts. */
function overlongDistros({ prenotification }: Policy, text: PolicyText): readonly Problem[] {
  return prenotification.lists.flatMap(({ kind, mostDays = 0 }, list): readonly Problem[] => {
    if (kind === undefined || mostDays <= LINUX_DISTROS.mostDays) return []
    const path = ['prenotification', 'lists', list, 'mostDays']
    return [
      {
        at: text.place(path),
        found: String(mostDays),
        because: `${nameOf(path)} is longer than the ${LINUX_DISTROS.mostDays} days that linux-distros keeps a secret.`,
        instead: `Write ${LINUX_DISTROS.mostDays} or less, or take it out.`,
      },
    ]
  })
}

/** Finds lists of the kind `linux-distros` whose severities include `low`, which linux-distros does not accept. */
function mildDistros({ prenotification }: Policy, text: PolicyText): readonly Problem[] {
  return prenotification.lists.flatMap(({ kind, severities }, list): readonly Problem[] => {
    if (kind === undefined || !severities.includes('low')) return []
    const path = ['prenotification', 'lists', list, 'severities']
    return [
      {
        at: text.place(path),
        found: 'low',
        because: `${nameOf(path)} has the severity low, and linux-distros takes moderate and above.`,
        instead: 'Take low out.',
      },
    ]
  })
}
