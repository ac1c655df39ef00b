import type { RehearsedStep } from '@embargo/engine'
import { buildCard, notificationOf } from '../cards/card.ts'
import { line, outside } from '../cards/spans.ts'
import { defineCommand } from '../define-command.ts'
import { ON_THE_CASE } from './shared/roles.ts'

/** Does at test targets what a publication would do now, and shows the results. */
export const rehearse = defineCommand({
  verb: 'rehearse',
  summary: 'Rehearse the publication at test targets, without sending any mail',
  about: 'case',
  allowed: { ...ON_THE_CASE, platforms: ['terminal'] },
  options: {},
  run: async (call) => {
    const { state } = call.case
    const rehearsal = await call.engine.commands.rehearse(state.id)
    const { steps = [], mails = [], findings = [] } = rehearsal ?? {}
    return {
      audience: 'caller',
      card: buildCard({
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
      }),
    }
  },
})

const stepLines = ({ title, case: of, isDone, result, differs }: RehearsedStep) => [
  line(`${isDone ? '✓' : '✗'} ${title}, ${of}: `, outside(result)),
  ...(differs === undefined ? [] : [line('  ', outside(differs))]),
]
