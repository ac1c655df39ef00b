import { layout, PLATFORM_WORDS } from '@embargo/core'
import type { Platform } from '@embargo/core'
import { date, signature } from './letter.ts'
import type { Letter, LetterBase } from './letter.ts'

/** What admins are told of a chat platform where nothing can be said until a person turns a switch. Of no case. */
export type PlatformAwayFields = Omit<LetterBase, 'caseNumber'> & {
  readonly platform: Platform
  /** Nothing can be said there, no channel opened, or something not done in a case's channel. */
  readonly what: 'all' | 'opening' | 'channel'
  /** Which switch, in words. */
  readonly why: string
  /** Epoch milliseconds. */
  readonly since: number
}

export function platformAway(fields: PlatformAwayFields): Letter {
  const where = PLATFORM_WORDS[fields.platform].called
  const cannot = {
    all: `say nothing on ${where}`,
    opening: `open no channel on ${where}`,
    channel: `not do all of its work in a channel on ${where}`,
  }[fields.what]
  return {
    subject: `Embargo can ${cannot}: somebody must mend it`,
    text: `${layout([
      'Hello,',
      `Embargo can ${cannot} since ${date(fields.since, { ...fields, caseNumber: '' })}.`,
      fields.why,
      `Mail is taken in and deadlines run as always. What was to be said on ${where} waits, and nothing of it is lost. Embargo notices by itself what is mended in ${where}; after a new token it must be started again.`,
      'A program wrote this mail; nobody reads an answer to it.',
    ])}\n\n${signature(fields)}\n`,
    attachments: [],
    automatic: true,
  }
}
