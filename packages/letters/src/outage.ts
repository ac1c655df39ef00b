import { layout, PLATFORM_WORDS } from '@embargo/core'
import type { Platform } from '@embargo/core'
import { date, signature } from './shared/letter.ts'
import type { Letter, LetterBase } from './shared/letter.ts'

/** The mail to admins about a chat platform or a relay that is unreachable, or works again. It concerns no case. */
export type OutageFields = Omit<LetterBase, 'caseNumber'> & {
  readonly outside: Platform | 'mail'
  /** Nothing can be said there, no channel opened, or something not done in a case's channel. */
  readonly what: 'all' | 'opening' | 'channel'
  /** What to do, in words; absent when it is there again. */
  readonly why?: string
  /** Epoch milliseconds. */
  readonly since: number
}

export function outage(fields: OutageFields): Letter {
  const { outside, what, why } = fields
  const place = outside === 'mail' ? 'the mail relay' : PLATFORM_WORDS[outside].called
  const since = date(fields.since, { ...fields, caseNumber: '' })
  const cannot = {
    all: outside === 'mail' ? 'send no mail' : `say nothing on ${place}`,
    opening: `open no channel on ${place}`,
    channel: `not do all of its work in a channel on ${place}`,
  }[what]
  const body =
    why === undefined
      ? [`Embargo works on ${place} again. It could ${cannot} since ${since}.`, 'What waited is done now.']
      : [
          `Embargo can ${cannot} since ${since}.`,
          why,
          `Mail is taken in and deadlines run as always. What waits for ${place} is not lost, and Embargo goes on with it as soon as ${place} works again; after a new token it must be started again.`,
        ]
  return {
    subject: why === undefined ? `Embargo works on ${place} again` : `Embargo can ${cannot}`,
    text: `${layout(['Hello,', ...body, 'A program wrote this mail; nobody reads an answer to it.'])}\n\n${signature(fields)}\n`,
    attachments: [],
    automatic: true,
  }
}
