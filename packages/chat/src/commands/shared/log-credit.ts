import type { CreditKind } from '@embargo/core'
import { send } from '../../answers.ts'
import type { CaseCall } from '../../chat-command.ts'
import type { Reply } from '../../types.ts'
import { reportOf } from './report-option.ts'

/** The credit that each word stands for. */
const CREDITS = {
  'credit-named': 'named',
  'credit-pseudonym': 'pseudonym',
  'credit-anonymous': 'anonymous',
} as const satisfies Readonly<Record<string, CreditKind>>

type Credit = {
  readonly credit: keyof typeof CREDITS
  readonly name: string | undefined
  readonly report: string | undefined
}

/** Logs a credit that was agreed in another way than by mail. */
export const logCredit = (call: CaseCall<unknown>, { credit, name, report }: Credit): Promise<Reply> =>
  send(
    call,
    {
      verb: 'log-answer.credit',
      case: call.case.id,
      credit: CREDITS[credit],
      ...(name === undefined ? {} : { name }),
      ...reportOf(call.case.id, report),
    },
    'Saved.',
  )
