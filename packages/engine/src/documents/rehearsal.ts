import { randomUUID } from 'node:crypto'
import {
  CveId,
  EffectId,
  getsNoCve,
  leftOutCves,
  policyFor,
  projectOf,
  publicationDocuments,
  publicationMails,
  releaseCases,
  stepOf,
  targetModes,
} from '@embargo/core'
import type { CaseId, CaseState, ContentFinding, PlannedDocument, TargetName, World } from '@embargo/core'
import { CannotPerform } from '../dispatch/effect-errors.ts'
import type { Deps } from '../deps.ts'
import { OutsideError } from '../ports/chat-platform.ts'
import { arrange } from '../projections/world.ts'
import { withFindings } from './content-findings.ts'
import { absentVersions } from './absent-versions.ts'
import { approvedContentOf } from './step-documents.ts'

/** What one step did for one case, in a sentence for people. */
export type RehearsedStep = {
  readonly title: string
  readonly case: CaseId
  readonly isDone: boolean
  readonly result: string
  readonly differs?: string
}

export type Rehearsal = {
  readonly steps: readonly RehearsedStep[]
  /** The mails that the publication would send. The rehearsal does not send them. */
  readonly mails: readonly string[]
  readonly findings: readonly ContentFinding[]
}

type Asked = Pick<Deps, 'policy' | 'roots' | 'blobText' | 'readMail' | 'loadWorld' | 'clock' | 'rehearsalTargets'>

/**
 * Plays a publication of the case at test targets, as it would happen now. No mail is sent and nothing is recorded.
 * Undefined if there is no such case.
 */
export async function rehearse(deps: Asked, id: CaseId): Promise<Rehearsal | undefined> {
  const world = await withFindings(deps, arrange(await deps.loadWorld(id), id))
  const { case: state, release, others, findings = [] } = world
  if (state === undefined) return undefined
  const cases = releaseCases({ state, release, others })
  const seen = { release, others }
  const run = randomUUID()
  const steps: RehearsedStep[] = []
  for (const planned of publicationDocuments(deps.policy.policy, cases, seen)) {
    const theCase = cases.find((one) => one.id === planned.case)
    if (theCase !== undefined) steps.push(await rehearsed(deps, planned, { theCase, world, run }))
  }
  for (const theCase of cases) {
    const results = leftOutCves(deps.policy.policy, [theCase])
    steps.push(...results.map((result) => ({ title: CVE_RECORD, case: theCase.id, isDone: false, result })))
  }
  for (const theCase of cases) steps.push(...(await withoutCveId(deps, { theCase, world, run })))
  const mails = publicationMails(deps.policy.policy, cases, seen).map(({ title }) => title)
  return { steps, mails: [...new Set(mails)], findings: [...findings, ...(await absentVersions(deps, cases, release))] }
}

/**
 * Rehearses the CVE record of a case that has no CVE id. A practice case never gets a CVE id, so its record has a
 * placeholder until the test target reserves an id for it. For a real case without a CVE id, a publication now would
 * publish no CVE record.
 */
async function withoutCveId(deps: Asked, run: Run): Promise<readonly RehearsedStep[]> {
  const { policy } = deps.policy
  const { theCase } = run
  const mode = targetModes(projectOf(policy, theCase)).cve
  if (theCase.cve?.id !== undefined || mode === 'off') return []
  if (theCase.practice === true) {
    const cve = { id: CveId.parse('CVE-1900-0000'), requestedAt: deps.clock.now() }
    return [
      await rehearsed(deps, { step: 'cve-record', case: theCase.id, mode }, { ...run, theCase: { ...theCase, cve } }),
    ]
  }
  if (getsNoCve(policyFor(policy, theCase), theCase)) return []
  return [{ title: CVE_RECORD, case: theCase.id, isDone: false, result: NO_ID }]
}

const CVE_RECORD = documentStepOf('cve-record').title

const NO_ID =
  'A publication now would have no CVE record, because the case has no CVE id. The other texts say that the id is pending. When it comes, one person puts it into every record, and the CVE record is published then.'

type Run = { readonly theCase: CaseState; readonly world: World; readonly run: string }

async function rehearsed(deps: Asked, { step, mode }: PlannedDocument, run: Run): Promise<RehearsedStep> {
  const { title, target: name } = documentStepOf(step)
  const { theCase } = run
  const named = { title, case: theCase.id }
  const target = deps.rehearsalTargets?.get(name)
  try {
    const { policy, clock } = deps
    const content = approvedContentOf(step, { policy, state: theCase, release: run.world.release }, clock.now())
    if (mode === 'prepare') return { ...named, isDone: true, result: 'A person does it; the text is ready.' }
    if (target === undefined) return { ...named, isDone: false, result: UNSET[name] }
    const { differs } = target
    const isOpen = theCase.publishedAt !== undefined || theCase.practice === true
    if (target.isPublic === true && !isOpen)
      return {
        ...named,
        differs,
        isDone: false,
        result:
          'Not tried: everybody can read that test target, so only a practice case or a public case may be published there.',
      }
    const delivered = await target.deliver({
      effect: EffectId.parse(`${run.run}/${step}`),
      step,
      case: theCase.id,
      project: projectOf(policyFor(policy.policy, theCase), theCase),
      documents: content.documents.map(({ name: file, text }) => ({ name: file, text })),
      versions: content.versions,
      startedAt: clock.now(),
      ...(theCase.cve?.id === undefined ? {} : { cve: theCase.cve.id }),
      lookUp: false,
    })
    const left = content.leftOut.map((why) => ` Left out. ${why}`).join('')
    return delivered.is === 'done'
      ? { ...named, differs, isDone: true, result: `${delivered.link ?? `${delivered.evidence}.`}${left}` }
      : { ...named, differs, isDone: false, result: `${delivered.because}${left}` }
  } catch (error) {
    if (error instanceof CannotPerform || error instanceof OutsideError)
      return { ...named, isDone: false, result: error.message }
    throw error
  }
}

function documentStepOf(step: PlannedDocument['step']) {
  const found = stepOf(step)
  if (found.kind !== 'document') throw new Error(`${step} delivers no document`)
  return found
}

const UNSET: Readonly<Record<TargetName, string>> = {
  versions: 'Not tried: this process does not look for versions.',
  github: 'Not tried: no test server is set (EMBARGO_REHEARSAL_GITHUB_API_URL).',
  files: 'Not tried: no folder is set (EMBARGO_REHEARSAL_FOLDER).',
  cve: 'Not tried: the credentials are not for the test instance of CVE Services.',
}
