import type { Policy } from '../policy/schema.ts'
import type { SecretWords } from '../text/wording.ts'
import type { CaseState } from './state.ts'

/** A text that a person typed and that public texts contain, with the command that changes it. */
export type StatedText = {
  readonly name: string
  readonly text: string
  readonly verb: 'advisory' | 'triage.affects' | 'log-answer.credit' | 'correct'
}

/**
 * Everything in the public texts and records of a case that a person wrote in their own words. All other parts come
 * from fields that cannot hold a sentence.
 */
export function statedTexts({ advisory, branches, reports, corrections = [] }: CaseState): readonly StatedText[] {
  const written = [
    { name: 'component', text: advisory?.component },
    { name: 'impact', text: advisory?.impact },
    { name: 'workaround', text: advisory?.workaround },
  ]
  return [
    ...written.flatMap(({ name, text }) => (text === undefined ? [] : [{ name, text, verb: 'advisory' } as const])),
    ...(advisory?.references ?? []).map(({ url }) => ({ name: 'link', text: url, verb: 'advisory' }) as const),
    ...branches.flatMap(({ name, range, fixedVersion, packages = [] }) =>
      [range, fixedVersion, ...packages.flatMap((one) => [one.range, one.fixedVersion])].flatMap((text) =>
        text === undefined ? [] : [{ name: `versions of ${name}`, text, verb: 'triage.affects' } as const],
      ),
    ),
    ...reports.flatMap(({ credit }) => {
      const text = credit?.name?.value
      return typeof text === 'string' ? [{ name: 'credit', text, verb: 'log-answer.credit' } as const] : []
    }),
    ...corrections.map(({ reason }) => ({ name: 'reason of the correction', text: reason, verb: 'correct' }) as const),
  ]
}

/**
 * The names that a public text about this case must not contain. The text may contain the numbers of the cases in
 * `together`, which belong to the same release.
 */
export function secretWords(whole: Policy, state: CaseState, together: readonly CaseState[]): SecretWords {
  const reporters = state.reports.flatMap(({ identity }) => identity.value ?? [])
  return {
    recipients: whole.prenotification.lists.flatMap(({ recipients }) =>
      recipients.flatMap(({ name, address }) => [name, address]),
    ),
    people: [
      ...whole.people.flatMap(({ name, publicName }) => [name, ...(publicName === undefined ? [] : [publicName])]),
      ...reporters.flatMap(({ name, address }) => [...(name === undefined ? [] : [name]), address]),
    ],
    channels: Object.values(state.channels).map(({ name }) => name),
    prefixes: whole.projects.map(({ prefix }) => prefix),
    cases: [state.id, ...together.map(({ id }) => id)],
  }
}
