import type { Week } from './week.ts'

/** The mail with which most weeks begin. */
export const REPORT = {
  subject: 'include reads files outside the template folder',
  text: 'Hello,\n\nthe include directive follows "../", so a document can read any file.\nI have told nobody else.\n\nRobin\n',
} as const

const patch = (change = 'closed'): string => `--- a/loader\n+++ b/loader\n@@ -1 +1 @@\n-open\n+${change}\n`

/** Robin reports, and Ana becomes the coordinator. */
export async function playReport({ robin, ana, channel }: Week): Promise<void> {
  await robin.mails(REPORT)
  await ana.types('/ack')
  robin.news()
  channel().news()
}

/** The branch that is affected but will not be fixed. */
const UNSUPPORTED = '3.9'

/** The branch for the hosted service. It has no versions. */
const SERVICE = 'service'

type Assessment = {
  readonly severity?: string
  readonly branches?: readonly string[]
  /** The credit, as `/cvd log-answer` takes it. */
  readonly credit?: string
}

/** Ana judges the report valid and records the affected branches. */
export async function playAssessment(
  week: Week,
  { severity = 'high', branches = ['main'] }: Assessment = {},
): Promise<void> {
  await playReport(week)
  await week.ana.types(`/cvd triage valid ${severity} CWE-22 It can be seen here too.`)
  for (const branch of branches) {
    const version = branch === '4.2' ? '4.2.9' : '9.9'
    const fixed = branch === UNSUPPORTED || branch === SERVICE ? '' : ` --fixed-version ${version}`
    await week.ana.types(`/cvd triage affects ${branch}${fixed} < ${version}`)
  }
}

/** Ben writes a patch for each branch, and Robin is asked to check the patch for `main`. */
export async function playPatch(week: Week, about: Assessment = {}): Promise<void> {
  await playAssessment(week, about)
  const { ana, robin, channel } = week
  await ana.types('/assign-patch <@U0BEN>')
  for (const branch of toFix(about)) await submitPatch(week, branch)
  await ana.fillsIn('/cvd advisory', {
    Component: 'the include directive',
    'Impact, in one sentence': 'By rendering a crafted document, an attacker may read files of the server.',
  })
  robin.news()
  channel().news()
}

const toFix = ({ branches = ['main'] }: Assessment): readonly string[] =>
  branches.filter((branch) => branch !== UNSUPPORTED)

export const submitPatch = ({ ben }: Week, branch: string, change = branch): Promise<string> =>
  ben.fillsIn('/cvd patch', {
    Branch: branch,
    'The patch, as text': patch(change),
  })

/** Robin verifies the patch for `main`, and Ana verifies all other patches. */
export async function playUntilReady(week: Week, about: Assessment = {}): Promise<void> {
  await playPatch(week, about)
  const { ana, robin, channel } = week
  await robin.answers('I have tried it: the patch fixes it.\n')
  await ana.types('/cvd log-answer last fixed main')
  await ana.types(`/cvd log-answer last ${about.credit ?? 'credit-named Robin Sample'}`)
  for (const branch of toFix(about).filter((name) => name !== 'main')) await ana.types(`/confirm yes ${branch}`)
  robin.news()
  channel().news()
}

/** Two people send the pre-notification to the list. The release is on Tuesday 16 June, 14:00 UTC. */
export async function playPrenotification(week: Week, about: Assessment = {}): Promise<void> {
  await playUntilReady(week, about)
  await week.time.comes('2026-06-08T09:00Z')
  await week.ana.asksForASecond('/prenotify 2026-06-16 14:00')
  await week.ben.approves()
  week.robin.news()
  week.channel().news()
}

/** On the day of the release, two people publish. */
export async function playPublication({ ana, ben, time }: Week): Promise<void> {
  await time.comes('2026-06-16T14:00Z')
  await ana.asksForASecond('/disclose')
  await ben.approves()
}
