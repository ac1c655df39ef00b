import type { PrenotifiedRecipient } from '../../state/release/state.ts'
import type { MailStep } from './step.ts'

export const embargoLifted: MailStep = {
  kind: 'mail',
  id: 'embargo-lifted',
  title: 'Embargo lifted, to the recipients',
  short: 'recipients',
  words: 'recipients told that the embargo is over',
  letter: 'embargo-lifted',
  isPublic: false,
  addressees: ({ release, holders }) => {
    const elsewhere = holders.filter((one) => !release.prenotified.some((recipient) => isSame(recipient, one)))
    return [...release.prenotified, ...elsewhere].map(({ list, recipient }) => ({ kind: 'recipient', list, recipient }))
  },
}

const isSame = (one: PrenotifiedRecipient, other: PrenotifiedRecipient): boolean =>
  one.list === other.list && one.recipient === other.recipient
