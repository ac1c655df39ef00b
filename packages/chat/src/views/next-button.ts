import { outlook } from '@embargo/core'
import type { CaseState, World } from '@embargo/core'
import type { Action, CaseRow } from '@embargo/engine'
import { nextStep } from '../cards/status-actions.ts'
import type { Setting } from '../chat-command.ts'
import { chatVerbOf } from '../verbs.ts'

/** The button for a row of a list. It does the next action of the row's case, or shows the case. */
export function nextButton(setting: Setting, { row, world }: { readonly row: CaseRow; readonly world: World }): Action {
  const { case: state } = world
  const look = { label: 'Look', verb: 'status', input: { case: row.stream } }
  const action = (state === undefined ? undefined : nextAction(setting, state, world)) ?? look
  return { ...action, label: `${row.stream}: ${action.label}` }
}

function nextAction(
  { engine, invocation: { at }, commands }: Setting,
  state: CaseState,
  world: World,
): Action | undefined {
  const { policy } = engine.policy
  const next = outlook(policy, world, at)?.next
  if (next?.verb === undefined) return undefined
  const offered = nextStep({ state, world, policy, at, next })
  if (offered !== undefined) return offered
  const { verb, input } = chatVerbOf(next.verb)
  const command = commands.find((one) => one.verb === verb)
  if (command === undefined) return undefined
  const given = { case: state.id, ...input }
  const asks = command.form(given).fields.some(({ optional }) => optional !== true)
  return { label: command.summary, verb, input: given, ...(asks ? { form: true } : {}) }
}
