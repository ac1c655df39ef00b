import { keepsContentOut } from '@embargo/core'
import type { CaseState } from '@embargo/core'
import type { CaseQuery } from '@embargo/engine'
import type { Setting } from '../chat-command.ts'
import { visible } from './many-cases.ts'
import type { VisibleCase } from './many-cases.ts'

/** A subject is only in the sealed mail, which is opened for each search: the cases after these are not looked at. */
export const MAX_SEARCHED = 200

export type SubjectSearch = {
  readonly found: readonly (VisibleCase & { readonly subject: string })[]
  /** There are more cases than were looked at. */
  readonly more: boolean
}

/**
 * The cases in whose reports' subjects all of the words are, the most urgent first. On a chat platform a case that
 * keeps its content out of chat is not found: a match would reveal its subject.
 */
export async function searchSubjects(setting: Setting, query: CaseQuery, words: string): Promise<SubjectSearch> {
  const { engine, invocation } = setting
  const needles = words.toLowerCase().split(/\s+/u)
  const { rows, more } = await engine.queries.cases({ ...query, limit: MAX_SEARCHED })
  const looked = await Promise.all(
    (await visible(setting, rows)).map(async (one) => {
      const { case: state } = one.world
      const isOutside = invocation.place.platform !== 'terminal'
      if (state === undefined || (isOutside && keepsContentOut(engine.policy.policy, state))) return []
      const subject = (await subjectsOf(setting, state)).find((each) =>
        needles.every((word) => each.toLowerCase().includes(word)),
      )
      return subject === undefined ? [] : [{ ...one, subject }]
    }),
  )
  return { found: looked.flat(), more }
}

async function subjectsOf({ engine }: Setting, { reports }: CaseState): Promise<readonly string[]> {
  const mails = await Promise.all(reports.map(({ message }) => engine.queries.mail(message)))
  return mails.flatMap((mail) => mail?.subject ?? [])
}
