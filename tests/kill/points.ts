import { DocumentStepId } from '@embargo/core'
import type { Random } from './random.ts'

/**
 * Letters of a conversation. If it is unknown whether such a letter was sent, it is sent again with the same
 * Message-ID.
 */
const CONVERSATION = ['receipt', 'acknowledgment', 'outcome', 'remediation', 'verification-request'] as const

/** Letters to the first reporter. They are sent encrypted, because the reporter's key is known. */
const ENCRYPTED = ['acknowledgment', 'outcome', 'verification-request'] as const

const DOCUMENT_STEPS = DocumentStepId.options

/** The steps of a publication that a correction repeats. */
const CORRECTED_STEPS = DOCUMENT_STEPS.filter((step) => step !== 'fixed-versions')

/**
 * The mails of a publication and of a correction, in order. If it is unknown whether the mail was sent, a person is
 * asked (`asked`), or the mail is sent again (`sent-again`).
 */
const RELEASE_MAILS = [
  ['announcement', 'asked'],
  ['oss-security', 'asked'],
  ['embargo-lifted', 'sent-again'],
  ['thanks', 'sent-again'],
  ['correction', 'asked'],
] as const

const BEFORE = { hook: 'before-effect', where: ', before it leaves' } as const
const AFTER = { hook: 'after-record', where: ' is marked, before the next step' } as const

/** The places where the program dies while it delivers a document. */
const DELIVERY_PLACES = [
  BEFORE,
  { hook: 'after-outside-before-record', where: ' is there, before its mark' },
  AFTER,
] as const

/** Where or when the program dies. With `nth`, it dies when it gets to the place for the n-th time. */
export type Kill =
  | { readonly is: 'point'; readonly hook: string; readonly nth: number }
  /** The program has answered the n-th mail with 250, but the mail is not in a case yet. */
  | { readonly is: 'answered-not-placed'; readonly nth: number }
  | { readonly is: 'moment'; readonly afterMs: number }

export type Doubt = { readonly letter: string; readonly then: 'sent-again' | 'asked' }

export type PlannedKill = { readonly kill: Kill; readonly doubt?: Doubt }

export type Point = {
  /** The name in the printed table. */
  readonly name: string
  readonly plan: (random: Random) => PlannedKill
}

const at =
  (hook: string, most: number) =>
  (random: Random): PlannedKill => ({ kill: { is: 'point', hook, nth: random.upTo(most) } })

const mailTaken =
  (letters: readonly string[], then: Doubt['then']) =>
  (random: Random): PlannedKill => {
    const letter = random.pick(letters)
    // Some letters are sent three times. Three reporters get a receipt. Three recipients get the pre-notification, and
    // later the news that the embargo is over.
    const most = ['receipt', 'prenotification', 'embargo-lifted'].includes(letter) ? 3 : 1
    return { ...at(`after-outside-before-record:send-mail:${letter}`, most)(random), doubt: { letter, then } }
  }

/**
 * The points at which the harness kills the program. The consequences of a crash differ from point to point. A round
 * that plays a case to its end reaches all of these points.
 */
export const POINTS: readonly Point[] = [
  { name: 'during a migration', plan: at('migration-applied', 1) },
  { name: 'mail stored, before the 250', plan: at('mail-stored-before-250', 3) },
  { name: 'after the 250, at once', plan: at('mail-answered-250', 3) },
  {
    name: 'after the 250, before the case opens',
    plan: (random) => ({ kill: { is: 'answered-not-placed', nth: random.upTo(2) } }),
  },
  { name: 'mail fetched by IMAP, before it is stored', plan: at('imap-mail-fetched-before-store', 1) },
  { name: 'mail stored with the cursor of its mailbox', plan: at('imap-mail-stored', 1) },
  { name: 'between the replies of LMTP', plan: at('lmtp-first-reply', 1) },
  { name: 'events appended, before the first effect', plan: at('before-effect:open-channel', 2) },
  { name: 'channel made, before it is recorded', plan: at('after-outside-before-record:open-channel', 2) },
  { name: 'people invited, before the mark', plan: at('after-outside-before-record:invite', 2) },
  { name: 'message posted, before its mark', plan: at('after-outside-before-record:post', 20) },
  { name: 'card placed, before it is recorded', plan: at('after-outside-before-record:place-card', 5) },
  { name: 'card edited, before its mark', plan: at('after-outside-before-record:update-card', 8) },
  { name: 'conversation mail taken, before its mark', plan: mailTaken(CONVERSATION, 'sent-again') },
  {
    name: 'encrypted mail fixed, before its first try',
    plan: (random) => at(`before-effect:send-mail:${random.pick(ENCRYPTED)}`, 1)(random),
  },
  { name: 'encrypted mail taken, before its mark', plan: mailTaken(ENCRYPTED, 'sent-again') },
  { name: 'mid pre-notification list, mail in doubt', plan: mailTaken(['prenotification', 'heads-up'], 'asked') },
  { name: 'mid pre-notification list, between mails', plan: at('after-record:send-mail:prenotification', 2) },
  { name: 'bounce stored, before it is recorded', plan: at('bounce-placed-before-case', 1) },
  { name: 'bounce recorded, before it is shown', plan: at('bounce-in-case', 1) },
  ...RELEASE_MAILS.flatMap(([letter, then]): readonly Point[] => [
    { name: `mail ${letter} in doubt`, plan: mailTaken([letter], then) },
    ...[BEFORE, AFTER].map(({ hook, where }) => ({
      name: `mail ${letter}${where}`,
      plan: at(`${hook}:send-mail:${letter}`, 1),
    })),
  ]),
  { name: 'CVE id reserved, before it is recorded', plan: at('after-outside-before-record:reserve-cve', 1) },
  ...DOCUMENT_STEPS.flatMap((step): readonly Point[] =>
    DELIVERY_PLACES.map(({ hook, where }) => ({ name: `${step}${where}`, plan: at(`${hook}:deliver:${step}`, 1) })),
  ),
  ...CORRECTED_STEPS.flatMap((step): readonly Point[] =>
    DELIVERY_PLACES.map(({ hook, where }) => ({
      name: `corrected ${step}${where}`,
      plan: () => ({ kill: { is: 'point', hook: `${hook}:deliver:${step}`, nth: 2 } }),
    })),
  ),
  { name: 'clock due, before it is told', plan: at('clock-due-before-told', 3) },
  { name: 'clock told, before its reminder', plan: at('clock-told', 3) },
  {
    name: 'before any one effect',
    plan: (random) =>
      at(
        `before-effect:${random.pick(['post', 'place-card', 'update-card', 'send-mail:receipt', 'send-mail:prenotification', 'send-mail:announcement'])}`,
        1,
      )(random),
  },
  { name: 'at any moment', plan: (random) => ({ kill: { is: 'moment', afterMs: random.upTo(2500) } }) },
]
