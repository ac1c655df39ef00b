import { casesOf, unsaidOf } from '@embargo/core'
import type { CaseState } from '@embargo/core'
import type { CaseInView, Setting } from '../define-command.ts'
import { typedAt } from '../usage.ts'

/** What nobody stated and the texts leave out, each with the command that states it: asked before anybody approves them. */
export function unsaidNotes({ case: seen, invocation }: Setting & { readonly case: CaseInView }): readonly string[] {
  const { state, world } = seen
  const type = (usage: string): string => typedAt(invocation.place, usage)
  const cases = casesOf({ state, release: world.release, others: world.others })
  return cases.flatMap((one) => ofCase(one, { type, alone: cases.length === 1 }))
}

type Said = { readonly type: (usage: string) => string; readonly alone: boolean }

function ofCase(state: CaseState, { type, alone }: Said): readonly string[] {
  const { versionsOf, workaround } = unsaidOf(state)
  const of = alone ? '' : `${state.id}: `
  return [
    ...versionsOf.map(
      (branch) =>
        `${of}Nobody named the version that fixes ${branch}: ${type(`affects ${branch} yes --fixed-version VERSION`)}`,
    ),
    ...(workaround && state.advisory !== undefined
      ? [`${of}Nobody wrote a workaround, or that there is no known one: ${type('advisory … --workaround TEXT')}`]
      : []),
  ]
}
