import { keepsContentOut } from '@embargo/core'
import type { CaseState } from '@embargo/core'
import type { CaseQuery } from '@embargo/engine'
import type { Setting } from '../chat-command.ts'
import { visible } from './many-cases.ts'
import type { VisibleCase } from './many-cases.ts'

/**
 * The most cases that are searched. A subject is stored only in the encrypted mail, which must be decrypted for each
 * search.
 */
export const MAX_SEARCHED = 200

export type SubjectSearch = {
  readonly found: readonly (VisibleCase & { readonly subject: string })[]
  /** Whether there are more cases than were searched. */
  readonly more: boolean
}

/**
 * Finds the cases whose reports have all the words in their subjects, the most urgent first. On a chat platform, a case
 * that keeps its content out of chat is never found, because a match would reveal words of its subject.
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
