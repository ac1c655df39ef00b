import type { Lift, Refusal } from '@embargo/core'
import type { Action, Card } from '@embargo/engine'
import type { CaseInView, ChatCommand } from '../define-command.ts'
import type { Place } from '../types.ts'
import { typedAt } from '../usage.ts'
import { chatVerbOf } from '../verbs.ts'
import { buildCard, notificationOf } from './card.ts'
import { code, line, outside, plain } from './spans.ts'

/** To the caller alone: the rule, the fact that breaks it, who or what lifts it, and buttons for what the caller may do. */
export function refusalCard(request: {
  refusal: Refusal
  commands: readonly ChatCommand[]
  place: Place
  seen?: CaseInView | undefined
}): Card {
  const { refusal, commands, place, seen } = request
  const lifts = refusal.liftedBy.map((lift) => ({ lift, action: actionOf(lift, commands, seen) }))
  return buildCard({
    kind: 'refusal',
    title: seen === undefined ? 'Not done' : `${seen.id} · not done`,
    lines: [
      line(outside(refusal.because), plain(' ('), code(refusal.gate), plain(')')),
      ...lifts.map(({ lift, action }) => line(...liftSpans(lift, action, place))),
    ],
    actions: lifts.flatMap(({ action }) => (action === undefined ? [] : [action])),
    notification: notificationOf(seen?.state),
  })
}

function liftSpans(lift: Lift, action: Action | undefined, place: Place) {
  const said = outside(`${lift.who}: ${withoutStop(lift.how)}.`)
  return action === undefined || lift.how.includes(action.verb) ? [said] : [said, plain(' '), code(typedAt(place, action.verb))]
}

const withoutStop = (text: string): string => text.replace(/\.$/, '')

function actionOf(lift: Lift, commands: readonly ChatCommand[], seen: CaseInView | undefined): Action | undefined {
  if (lift.verb === undefined) return undefined
  const { verb, input } = chatVerbOf(lift.verb)
  const command = commands.find((candidate) => candidate.verb === verb)
  if (command === undefined) return undefined
  const asks = command.options.some((option) => !option.hidden)
  return {
    label: command.formTitle,
    verb,
    input: seen === undefined ? input : { case: seen.id, ...input },
    ...(asks ? { form: true } : {}),
  }
}
