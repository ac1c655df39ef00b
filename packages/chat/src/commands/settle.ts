import { z } from 'zod'
import { CommandId, doubtsOf, EffectId, StepId, stepOf } from '@embargo/core'
import type { CaseId, Refusal } from '@embargo/core'
import { commandIdOf, refuse, send, wrongInput } from '../answers.ts'
import { resultCard } from '../cards/result.ts'
import { defineCommand } from '../define-command.ts'
import type { CaseInView, ChatCommand, Setting } from '../chat-command.ts'
import { counted } from '../text/dates.ts'
import type { Reply } from '../types.ts'
import { doubtsOver, doubtsView } from '../views/doubts.ts'
import { about } from '../option.ts'
import { RELEASER } from './shared/roles.ts'

export const settle = defineCommand({
  verb: 'settle',
  summary: 'List what failed or is in doubt; then record that it was done, try it again, or give it up',
  about: 'anything',
  allowed: RELEASER,
  form: { title: 'Settle a doubt', submit: 'Settle' },
  options: {
    effect: z.string().max(800).exactOptional().register(about, {
      label: 'What',
      hint: 'Its number in the list, "all", or a step of the publication such as "file-tree"',
      carried: true,
      shownAs: 'number|all|step',
      suggests: 'doubt',
    }),
    outcome: z
      .enum(['went', 'again', 'withdrawn'])
      .exactOptional()
      .register(about, {
        label: 'Outcome',
        labels: {
          went: 'It was sent, or done by hand',
          again: 'Send it again',
          withdrawn: 'It was not sent, and is no longer needed',
        },
      }),
    reason: z.string().min(1).max(2000).exactOptional().register(about, {
      label: 'Why it is left out',
      hint: 'Only for a step that is left out',
      takes: 'rest',
    }),
  },
  run: async (call) => {
    const { effect, outcome } = call.values
    if (effect === undefined) return doubtsView(call)
    const { reason } = call.values
    if (outcome === undefined && reason !== undefined)
      return wrongInput({
        command: call.command,
        setting: call,
        because: `“${reason}” is not an outcome: write went, again or withdrawn.`,
      })
    if (outcome === undefined) return { form: call.command.form({ effect }) }
    if (effect === 'all') return settleAll(call, outcome)
    if (call.case === undefined)
      return wrongInput({ command: call.command, setting: call, because: 'It is not clear which case this is about.' })
    const step = StepId.safeParse(effect)
    if (step.success) return settleStep(call, { id: call.case.id, step: step.data, outcome, reason })
    const found = effectOf(call.case, effect)
    if (found === undefined)
      return wrongInput({
        command: call.command,
        setting: call,
        because: 'The list of what failed or is in doubt in this case has no such number.',
      })
    const request = { verb: 'settle', case: call.case.id, effect: found, outcome } as const
    return { ...(await send(call, request, SAID[outcome])), ofCase: true as const }
  },
})

type StepCall = {
  readonly id: CaseId
  readonly step: StepId
  readonly outcome: Outcome
  readonly reason: string | undefined
}

/** Settles a step of the publication, given by its name: tries it again, or leaves it out for a reason. */
function settleStep(
  call: Setting & { readonly command: ChatCommand },
  { id, step, outcome, reason }: StepCall,
): Promise<Reply> | Reply {
  const lacks = (because: string): Reply => wrongInput({ command: call.command, setting: call, because })
  const words = stepOf(step).words
  if (outcome === 'again') return send(call, { verb: 'settle.step', case: id, step, outcome }, `Tried again: ${words}.`)
  if (outcome === 'went') return lacks(`Give the link where it can be seen: done ${step} https://…`)
  if (reason === undefined) return lacks('Say why the step is left out.')
  return send(call, { verb: 'settle.step', case: id, step, outcome, reason }, `Left out: ${words}.`)
}

/**
 * How many characters from the end of an effect's id go into a command's id. The end distinguishes effects, and a
 * command's id has at most 512 characters.
 */
const TELLS_APART = 300

type Outcome = keyof typeof SAID

/**
 * Sends one command for each effect, so that a refusal of one command does not stop the others. The command ids make a
 * repetition harmless.
 */
async function settleAll(call: Setting & { readonly command: ChatCommand }, outcome: Outcome): Promise<Reply> {
  const { engine, invocation } = call
  const { actor, at } = invocation
  let done = 0
  const refusals: Refusal[] = []
  for (const { id, doubt } of await doubtsOver(call)) {
    const { effect } = doubt
    const commandId = CommandId.parse(`${commandIdOf(invocation)}:${effect.slice(-TELLS_APART)}`)
    const request = { verb: 'settle', case: id, effect, outcome } as const
    const answered = await engine.commands.handle({ commandId, actor, at, request })
    if (answered.ok) done += 1
    else refusals.push(answered.refusal)
  }
  const [first] = refusals
  if (done === 0 && first !== undefined) return refuse(call, first)
  const rest =
    first === undefined ? [] : [`${counted(refusals.length, 'other')} could not be settled: ${first.because}`]
  const line = done === 0 ? 'Nothing waits to be settled.' : `${counted(done, 'thing')} settled: ${TOGETHER[outcome]}`
  return { audience: 'caller', card: resultCard({ setting: {}, title: 'Done', lines: [line, ...rest] }) }
}

const SAID = {
  went: 'Recorded: it went.',
  again: 'It is tried again.',
  withdrawn: 'Recorded: it is no longer needed.',
} as const

const TOGETHER = {
  went: 'they went.',
  again: 'they are tried again.',
  withdrawn: 'they are no longer needed.',
} as const

/** Finds the effect by the number that the status shows, or by its id. */
function effectOf({ state, world }: CaseInView, typed: string): EffectId | undefined {
  if (!/^\d{1,4}$/.test(typed)) return EffectId.parse(typed)
  return doubtsOf(state, world.release)[Number(typed) - 1]?.effect
}
