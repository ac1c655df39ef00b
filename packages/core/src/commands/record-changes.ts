import { z } from 'zod'
import { ReferenceChange } from '../events/case/correction.ts'
import type { RecordChanges, RequestedChanges } from '../events/case/correction.ts'
import type { AffectedBranch } from '../events/case/fix.ts'
import { refuse } from '../gates/gate.ts'
import { REFERENCES_MAX } from '../shared/stated-reference.ts'
import type { StatedReferences } from '../shared/stated-reference.ts'
import { versionRanges } from '../shared/version-range.ts'
import { Severity } from '../shared/words.ts'
import { withBranch } from '../state/fix/evolve.ts'
import { tooLowForAttacks } from '../state/report/severity-floor.ts'
import type { CaseState } from '../state/state.ts'
import type { PersonRequest } from '../vocabulary/command.ts'
import type { Refusal } from '../vocabulary/decision.ts'
import type { PendingContext } from './approvals/two-person-rule.ts'
import { you } from './decisions.ts'
import { branchRecorded } from './triage-affects.ts'

type Correct = Extract<PersonRequest, { verb: 'correct' }>

/** The changes of the record, as they are stored while a request for a correction waits for approval. */
export const Changes = z.object({
  branches: z
    .array(
      z.object({
        branch: z.string(),
        affected: z.boolean(),
        package: z.string().exactOptional(),
        range: z.string().exactOptional(),
        fixedVersion: z.string().exactOptional(),
      }),
    )
    .readonly()
    .exactOptional(),
  severity: Severity.exactOptional(),
  cvss3: z.string().exactOptional(),
  cvss4: z.string().exactOptional(),
  cwe: z.string().exactOptional(),
  component: z.string().exactOptional(),
  impact: z.string().exactOptional(),
  workaround: z.string().exactOptional(),
  references: z.array(ReferenceChange).readonly().exactOptional(),
})

/** The changes as the log stores them, or the refusal if the record cannot be changed like this. */
export function changesOf(seen: PendingContext<Correct>): RecordChanges | Refusal {
  const { branches: named = [], references: links, ...others } = seen.request.changes
  const mistake = mistakeIn(others, seen.state)
  if (mistake !== undefined) return mistake
  const references = links === undefined ? undefined : changedLinks(links, seen.state)
  if (references !== undefined && 'gate' in references) return references
  const branches: NonNullable<RecordChanges['branches']>[number][] = []
  for (const one of named) {
    const state = { ...seen.state, branches: branches.reduce(withBranch, seen.state.branches) }
    const recorded = branchRecorded({ ...seen, state }, withFixedVersion(one, state))
    if (recorded === undefined) continue
    if ('gate' in recorded) return recorded
    const { type: _type, range, fixedVersion, ...branch } = recorded
    branches.push({
      ...branch,
      ...(range === undefined ? {} : { range }),
      ...(fixedVersion === undefined ? {} : { fixedVersion }),
    })
  }
  return {
    ...others,
    ...(references === undefined ? {} : { references }),
    ...(branches.length === 0 ? {} : { branches }),
  }
}

/** The links of the record after the change. If the record already contains a link, only the link's kind changes. */
function changedLinks(
  changes: NonNullable<RequestedChanges['references']>,
  { advisory }: CaseState,
): StatedReferences | Refusal {
  const before = advisory?.references ?? []
  const strange = changes.find(({ kind, url }) => kind === 'none' && !before.some((one) => one.url === url))
  if (strange !== undefined)
    return refuse(
      'makes-sense',
      `Nobody added the link ${strange.url} to the record.`,
      you('name a link of the record', 'correct'),
    )
  const named = new Set(changes.map(({ url }) => url))
  const after = [
    ...before.filter(({ url }) => !named.has(url)),
    ...changes.flatMap(({ kind, url }) => (kind === 'none' ? [] : [{ kind, url }])),
  ]
  if (after.length <= REFERENCES_MAX) return after
  return refuse('makes-sense', `A record has at most ${REFERENCES_MAX} links.`, you('remove some', 'correct'))
}

/**
 * If a branch is newly affected and no fixed version is given, takes the fixed version from the branch's range. For
 * example, the ranges `fixed 1.9.8` and `< 1.9.8` both give 1.9.8.
 */
function withFixedVersion(one: AffectedBranch, { branches }: Pick<CaseState, 'branches'>): AffectedBranch {
  const known = branches.find(({ name }) => name === one.branch)
  if (one.fixedVersion !== undefined || one.range === undefined || known?.affected === true) return one
  const fixedVersion = versionRanges(one.range)?.at(-1)?.fixed
  return fixedVersion === undefined ? one : { ...one, fixedVersion }
}

function mistakeIn({ severity, cvss3, cvss4 }: RequestedChanges, state: CaseState): Refusal | undefined {
  if (severity === undefined && (cvss3 !== undefined || cvss4 !== undefined))
    return refuse('makes-sense', 'A vector alone does not set the severity.', you('name the severity too', 'correct'))
  return severity !== undefined && state.cs.attacks !== undefined && tooLowForAttacks(severity)
    ? refuse(
        'makes-sense',
        'Attacks are observed, so the severity is at least high.',
        you('rate it high or critical', 'correct'),
      )
    : undefined
}
