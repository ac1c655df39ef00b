import type { Deployment } from './deployment.ts'
import { HOUR, later } from '@embargo/core'
import { DISCLOSES } from './deployment.ts'

const PATCH = '--- a/loader\n+++ b/loader\n@@ -1 +1 @@\n-open\n+closed\n'
const REPORTS = [
  'The include directive follows “../”',
  'A long header ends the parser',
  'A link leads out of the folder',
]

/** How many mails the relay refuses for now: more than the rest of the story sends. */
const REFUSED = 40

/**
 * Plays the story. At its end SEC-2026-0001 is published and closed. SEC-2026-0002 is verified and its recipients have
 * been told. Moving its release waits for the approval of a second person, and a mail to the reporter waits for the
 * relay. SEC-2026-0003 is new.
 */
export async function playStory(house: Deployment): Promise<void> {
  await ready(house, 1)
  await ready(house, 2)
  await told(house, 1)
  await house.comes(DISCLOSES)
  await twice(house, 1, 'disclose')
  await house.comes(later(DISCLOSES, HOUR))
  await house.types('ana', 1, 'retro', 'reading-outside No test tried a name with “..”; one does now.')
  await house.types('ana', 1, 'close', 'Published.')
  await told(house, 2, '2026-06-30 14:00')
  await house.robinMails(reportOf(3))
  house.relay.faults.push(
    ...Array.from({ length: REFUSED }, () => ({ is: 'reply', code: 451, text: 'Later.' }) as const),
  )
  await house.types('ana', 2, 'reply', 'The date holds.')
  await house.types('ana', 2, 'reschedule', '2026-07-07 14:00 The build machine is down.')
}

const reportOf = (number: number): string =>
  `${REPORTS[number - 1]}\n\nHello,\n\nit does. I have told nobody else.\n\nRobin\n`

async function ready(house: Deployment, number: number): Promise<void> {
  await house.robinMails(reportOf(number))
  await house.types('ana', number, 'ack')
  await house.types('ana', number, 'triage', 'valid high CWE-22 It can be seen here too.')
  await house.types('ana', number, 'affects', 'main --fixed-version 9.9 < 9.9')
  await house.types('ana', number, 'assign-patch', 'ben')
  await house.types('ben', number, 'patch', { action: 'submit', branch: 'main', file: 'main.patch', patch: PATCH })
  await house.types('ana', number, 'advisory', {
    component: 'the include directive',
    impact: 'By rendering a crafted document, an attacker may read files of the server.',
    workaround: 'Render no documents of others.',
  })
  await house.robinMails('I have tried it: the patch fixes it. Credit: Robin Sample.\n', number)
  await house.types('ana', number, 'log-answer', 'last fixed main')
  await house.types('ana', number, 'log-answer', 'last credit-named Robin Sample')
}

async function told(house: Deployment, number: number, at = '2026-06-16 14:00'): Promise<void> {
  await twice(house, number, 'prenotify', at)
}

/** Ana requests an approval, and Ben approves what was shown. */
async function twice(house: Deployment, number: number, verb: string, input = ''): Promise<void> {
  await house.types('ana', number, verb, input)
  await house.types('ben', number, 'approve')
}
