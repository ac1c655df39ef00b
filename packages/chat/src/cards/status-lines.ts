import { doubtsOf, reporterName, unreadMails, unreadOfRecipients, unreadOfVendors } from '@embargo/core'
import type { CaseState, Instant, LinkKind, ReleaseState, World } from '@embargo/core'
import type { MailBacklog } from '@embargo/engine'
import { counted, fromNow, shortDay } from '../text/dates.ts'
import { askedByMail } from '../text/mail-backlog.ts'
import { timeThisYear } from '../text/times.ts'
import { addresseeInWords, letterInWords } from './letters.ts'
import { joined, outside } from './spans.ts'
import type { LineParts } from './spans.ts'

/** `CVE-1900-0042 · its record is public` */
export function cveLine({ cve }: CaseState): LineParts {
  if (cve === undefined) return []
  if (cve.id === undefined) {
    const link = cve.requestLink === undefined ? [] : [': ', outside(cve.requestLink)]
    return ['asked for, ', timeThisYear(cve.requestedAt), ...link]
  }
  return cve.publishedAt === undefined ? [cve.id] : [`${cve.id} · its record is public`]
}

/** The link to the advisory outside Embargo: `a draft: https://…` */
export function advisoryLine({ advisoryLink }: CaseState): LineParts {
  const { opened, published } = advisoryLink ?? {}
  if (published !== undefined) return ['public: ', outside(published.link)]
  return opened === undefined ? [] : ['a draft: ', outside(opened.link)]
}

const LINKED: Readonly<Record<LinkKind, string>> = {
  follows: 'follows',
  'followed-by': 'followed by',
  'split-from': 'split from',
  'split-into': 'part is now',
  'merged-from': 'took over',
}

/** Other cases that this one is linked to. */
export function linksLine({ links, mergedInto }: CaseState): LineParts {
  const merged: readonly LineParts[] = mergedInto === undefined ? [] : [[`merged into ${mergedInto}`]]
  return joined([...links.map((link): LineParts => [`${LINKED[link.as]} ${link.case}`]), ...merged], ' · ')
}

/** Who outside the team has to answer: a reporter whom we asked a question, or another party. */
export function awaited(state: CaseState, at: Instant, kept: MailBacklog | undefined): readonly LineParts[] {
  const { needsInfo, waiting } = state
  return [
    ...(needsInfo === undefined
      ? []
      : [
          [
            `${reporterName(state, needsInfo.report)}: our question (${needsInfo.undelivered === true ? 'it did not arrive' : askedByMail('question', kept, `asked ${fromNow(needsInfo.askedAt, at)}`)}, answer by `,
            timeThisYear(needsInfo.dueAt),
            ')',
          ],
        ]),
    ...(waiting === undefined
      ? []
      : [[outside(waiting.party, 'another party'), ` (since ${shortDay(waiting.since)})`]]),
  ]
}

/**
 * The line about mails that did not arrive, or perhaps did not arrive. Each has a number, which people type to decide
 * what happens with it.
 */
export function notMailedLine({ case: state, release }: World): LineParts {
  if (state === undefined) return []
  const doubts = doubtsOf(state, release).flatMap(({ letter, to, doubt, because }, index): readonly LineParts[] =>
    letter === undefined || to === undefined
      ? []
      : [
          [
            `${index + 1}. ${letterInWords(letter)} to ${addresseeInWords(to, state)}${doubt ? ', in doubt' : ''}: `,
            outside(because),
          ],
        ],
  )
  return joined(doubts, ' · ')
}

/** `2 mails from the reporter · 1 mail from north` */
export function unansweredLine(state: CaseState, release: ReleaseState | undefined): LineParts {
  const ofReporters = unreadMails(state)
  const reporters = [...new Set(ofReporters.map(({ report }) => reporterName(state, report)))]
  const ofRecipients = unreadOfRecipients(state, release)
  const names = [...new Set(ofRecipients.map(({ recipient }) => recipient))]
  const ofVendors = unreadOfVendors(state).length
  return joined(
    [
      ofReporters.length === 0 ? [] : [`${counted(ofReporters.length, 'mail')} from ${reporters.join(' and ')}`],
      names.length === 0 ? [] : [`${counted(ofRecipients.length, 'mail')} from ${names.join(', ')}`],
      ofVendors === 0 ? [] : [`${counted(ofVendors, 'mail')} from the other vendor`],
    ],
    ' · ',
  )
}
