import { z } from 'zod'
import { BranchName, branchToConfirm, patchesToConfirm } from '@embargo/core'
import type { Branch, PersonRequest } from '@embargo/core'
import { refusalNow, refuse, send } from '../answers.ts'
import { shortHash, patchState } from '../cards/button-state.ts'
import { confirmQuestionCard } from '../cards/confirm-question.ts'
import type { QuotedPatch } from '../cards/confirm-question.ts'
import { defineCommand } from '../define-command.ts'
import type { CaseCall } from '../chat-command.ts'
import { about } from '../option.ts'
import { remediatorName } from '../people/names.ts'
import type { Reply } from '../types.ts'
import { typedAt } from '../usage.ts'

type Values = {
  readonly fixed?: 'yes' | 'no'
  readonly branch?: BranchName
  readonly note?: string
  readonly patches?: string
  readonly sure?: 'yes'
}

export const confirm = defineCommand({
  verb: 'confirm',
  summary: 'Say whether the patch fixes the vulnerability',
  short: true,
  about: 'case',
  allowed: { who: 'the security team, but not the patch’s author' },
  form: { title: 'Confirm the fix', submit: 'Record' },
  options: {
    fixed: z
      .enum(['yes', 'no'])
      .exactOptional()
      .register(about, {
        label: 'Does the patch fix it?',
        labels: { yes: 'Yes, it is fixed', no: 'No, changes are needed' },
        hint: 'If left empty, you see the patch and are asked',
        shownAs: 'yes|no',
        exact: true,
      }),
    branch: BranchName.exactOptional().register(about, {
      label: 'Branch',
      branch: true,
      suggests: 'branch',
      hint: 'Optional if only one branch waits for a check',
    }),
    note: z
      .string()
      .max(2000)
      .exactOptional()
      .register(about, { label: 'Note, or what is missing', takes: 'rest', kind: 'long-text' }),
    patches: z
      .string()
      .regex(/^[0-9a-f]{32}(?:,[0-9a-f]{32})*$/)
      .exactOptional()
      .register(about, { label: 'Patches that were shown', hidden: true, takes: 'named' }),
    sure: z.enum(['yes']).exactOptional().register(about, { label: 'Sure', hidden: true, takes: 'named' }),
  },
  run: async (call) => {
    const { fixed, sure, patches, ...rest } = call.values
    const carried = { case: call.case.id, ...(patches === undefined ? patchState(call.case.state) : { patches }) }
    if (fixed === 'no' && rest.note === undefined) {
      return { form: { ...call.command.form({ fixed, ...carried, ...rest }), title: 'What is missing?' } }
    }
    const shown = patches?.split(',')
    const typed = typeof call.invocation.input === 'string'
    const waiting = patchesToConfirm(call.case.state)
    const several = Math.max(waiting.length, shown?.length ?? 0) > 1
    if (several && rest.branch === undefined)
      return typed
        ? nameOne(call, waiting)
        : {
            form: {
              ...call.command.form({ ...(fixed === undefined ? {} : { fixed }), ...carried, ...rest }),
              title: 'Which branch?',
            },
          }
    const request = {
      verb: 'confirm',
      case: call.case.id,
      fixed: fixed !== 'no',
      ...rest,
      ...(shown === undefined ? {} : { sha256: shown }),
    } as const
    if (fixed === undefined || (fixed === 'no' && sure === undefined && typed && READS_ON.test(rest.note ?? '')))
      return askForAnswer(call, request, carried)
    return send(call, request, fixed === 'yes' ? 'Recorded: the fix is verified.' : 'Recorded: changes are asked for.')
  },
})

/**
 * Asks the caller to name one of several patches that wait, and prints the command for each of them. The button opens
 * the form, in which a branch can be chosen.
 */
const nameOne = (call: CaseCall<Values>, waiting: readonly Branch[]): Reply =>
  refuse(call, {
    gate: 'makes-sense',
    because: 'Several patches wait, so name one of them.',
    facts: { verb: 'confirm' },
    liftedBy: waiting.map(({ name }, index) => ({
      who: 'you',
      how: `write ${typedAt(call.invocation.place, `confirm ${name}`)}`,
      ...(index === 0 ? { verb: 'confirm' } : {}),
    })),
  })

/** Shows the patch and asks for the answer, so that an empty field or a first press never records a verification. */
async function askForAnswer(
  call: CaseCall<Values>,
  request: Extract<PersonRequest, { verb: 'confirm' }>,
  carried: Readonly<Record<string, string>>,
): Promise<Reply> {
  const { state } = call.case
  const refused = refusalNow(call, { ...request, fixed: false })
  if (refused !== undefined) return refused
  const noYes = refusalNow(call, { ...request, fixed: true })
  const branch = branchToConfirm({ request, state })
  const patch = branch === undefined ? undefined : await patchOf(call, branch)
  // If no submitted patch can be shown although a no is not refused, the answer was recorded before. Core's note says
  // so.
  if (patch === undefined || branch?.fix?.is !== 'submitted') return send(call, request, 'Nothing was recorded.')
  const { fixed, note } = call.values
  return {
    audience: 'caller',
    card: confirmQuestionCard({
      state,
      place: call.invocation.place,
      patch,
      ...(noYes === undefined || !('reason' in noYes) ? {} : { noYes: noYes.reason.because }),
      carried: { ...carried, patches: shortHash(patch.sha256) },
      ...(note === undefined
        ? {}
        : { written: { note: fixed === 'no' ? `no ${note}` : note, reason: reasonIn(note) } }),
    }),
    facts: { is: 'preview', warning: 'Nothing is recorded yet: answer yes or no.', sections: [] },
  }
}

async function patchOf(
  { case: { state }, engine }: CaseCall<unknown>,
  { name, fix }: Branch,
): Promise<QuotedPatch | undefined> {
  if (fix === undefined || fix.is === 'assigned') return undefined
  const text = (await engine.queries.blobText(fix.blob)) ?? 'The patch cannot be read.'
  return {
    branch: name,
    fileName: fix.fileName,
    author: remediatorName(engine.policy.policy, fix.author, state),
    sha256: fix.sha256,
    text,
  }
}

/**
 * A negative answer begins with the whole word “no” or “nope”. A note that begins with “not” or “now” is not a negative
 * answer.
 */
const BEGINS_WITH_NO = /^(?:no|nope)(?![\p{L}\p{N}])[\s,.:;!–—-]*(.+)$/isu

/** The reason in a note that begins with “no”. */
const reasonIn = (note: string): string => BEGINS_WITH_NO.exec(note)?.[1] ?? note

/**
 * Words that form one phrase with the “no” before them. “No word from the reporter” and “no longer crashes” are notes
 * that people add to a yes. Such a note must not be taken for a no, because only another patch can undo a recorded no.
 */
const READS_ON =
  /^(?:longer|more|word|reply|replies|answer|answers|response|reaction|news|objections?|complaints?|issues?|problems?|errors?|crash(?:es)?|failures?|regressions?|findings?|changes?|need|reason|doubts?|trace|sign|side|other|further|new|way|one|such)(?![\p{L}\p{N}])/iu
