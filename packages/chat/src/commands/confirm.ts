import { z } from 'zod'
import { BranchName } from '@embargo/core'
import { send, wrongInput } from '../answers.ts'
import { patchesShown } from '../cards/as-shown.ts'
import { confirmMeantCard } from '../cards/confirm-meant.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'

export const confirm = defineCommand({
  verb: 'confirm',
  summary: 'Say whether the patch fixes it',
  short: true,
  about: 'case',
  allowed: { who: 'the security team, but not the patch’s author' },
  form: { title: 'Confirm the fix', submit: 'Record' },
  options: {
    fixed: z
      .enum(['yes', 'no'])
      .exactOptional()
      .register(about, {
        label: 'Does it fix it',
        labels: { yes: 'Yes, it is fixed', no: 'No, changes are needed' },
        shownAs: 'no',
        exact: true,
      }),
    branch: BranchName.exactOptional().register(about, {
      label: 'Branch',
      branch: true,
      suggests: 'branch',
      hint: 'May be left out when one waits',
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
    const carried = { case: call.case.id, ...(patches === undefined ? patchesShown(call.case.state) : { patches }) }
    if (fixed === 'no' && rest.note === undefined) {
      return { form: { ...call.command.form({ fixed, ...carried, ...rest }), title: 'What is missing?' } }
    }
    const shown = patches?.split(',')
    if (shown !== undefined && shown.length > 1 && rest.branch === undefined)
      return wrongInput({
        command: call.command,
        setting: call,
        because: 'Several patches were shown, and none is named.',
      })
    const typed = typeof call.invocation.input === 'string'
    const meant = sure === undefined ? eitherWay({ fixed, note: rest.note, typed }) : undefined
    if (meant !== undefined) {
      const warning = 'What was written may be a yes or a no. Nothing is recorded yet.'
      return {
        audience: 'caller',
        card: confirmMeantCard({
          state: call.case.state,
          place: call.invocation.place,
          branch: rest.branch,
          carried,
          ...meant,
        }),
        facts: { is: 'preview', warning, sections: [] },
      }
    }
    const yes = fixed !== 'no'
    return send(
      call,
      { verb: 'confirm', case: call.case.id, fixed: yes, ...rest, ...(shown === undefined ? {} : { sha256: shown }) },
      yes ? 'Recorded: the fix is verified.' : 'Recorded: changes are asked for.',
    )
  },
})

/** What a no begins with, however it is written. `not` and `now` are other words. */
const BEGINS_WITH_NO = /^(?:no|nope)(?![\p{L}\p{N}])[\s,.:;!–—-]*(.*)$/isu

/**
 * Words that make one phrase with the `no` before them: “no word from the reporter” and “no longer crashes” are what
 * people write beside a yes, and a recorded no cannot be taken back but by another patch.
 */
const READS_ON =
  /^(?:longer|more|word|reply|replies|answer|answers|response|reaction|news|objections?|complaints?|issues?|problems?|errors?|crash(?:es)?|failures?|regressions?|findings?|changes?|need|reason|doubts?|trace|sign|side|other|further|new|way|one|such)(?![\p{L}\p{N}])/iu

/** The note and the reason, where what was written can be read both ways. */
function eitherWay(said: {
  fixed: 'yes' | 'no' | undefined
  note: string | undefined
  typed: boolean
}): { readonly note: string; readonly reason: string } | undefined {
  const { fixed, note, typed } = said
  if (note === undefined) return undefined
  if (fixed === 'no') return typed && READS_ON.test(note) ? { note: `no ${note}`, reason: note } : undefined
  const begins = fixed === undefined ? BEGINS_WITH_NO.exec(note) : null
  return begins === null ? undefined : { note, reason: begins[1] === '' ? note : (begins[1] ?? note) }
}
