import type { CaseState } from '@embargo/core'
import type { Card, RehearsedStep, Rehearsal } from '@embargo/engine'
import { buildCard, notificationOf } from './card.ts'
import { line, outside } from './spans.ts'

/**
 * The result of a rehearsal: what a publication would do now. The rehearsal sends the documents to test targets, such
 * as a test server, instead of to the real targets.
 */
export const rehearsalCard = (state: CaseState, { steps, mails, findings }: Rehearsal): Card =>
  buildCard({
    kind: 'mail',
    title: `${state.id} · rehearsal`,
    lines: [
      ...(steps.length === 0 ? [line('The publication of this case has no documents.')] : []),
      ...steps.flatMap(stepLines),
      line(mails.length === 0 ? 'It would send no mail.' : `It would send: ${mails.join(', ')}. Nothing was sent.`),
      ...findings.map(({ where, because }) => line('✗ ', outside(`In the ${where}: ${because}`))),
      line('None of this was recorded.'),
    ],
    notification: notificationOf(state),
  })

const stepLines = ({ title, case: of, isDone, result, differs }: RehearsedStep) => [
  line(`${isDone ? '✓' : '✗'} ${title}, ${of}: `, outside(result)),
  ...(differs === undefined ? [] : [line('  ', outside(differs))]),
]
