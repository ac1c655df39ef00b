import { CaseId, instant, PersonId, ReleaseId } from '@embargo/core'
import type { PersonRequest } from '@embargo/core'
import { createHouse, mailBytes, policyOf } from './house.ts'
import type { House } from './house.ts'
import { submit, PATCH, replyTo, previewOf } from './story.ts'

export const ONE = CaseId.parse('SEC-2026-0001')
export const TWO = CaseId.parse('SEC-2026-0002')
export const RELEASE = ReleaseId.parse('REL-SEC-2026-05-19')
/** Tuesday 19 May 2026, 14:00 UTC. */
export const DATE = instant(Date.UTC(2026, 4, 19, 14, 0))
export const NORTH = 'security@north.example'
export const SOUTH = 'security@south.example'
export const ANNOUNCE = 'announce@quillmark.example'
export const OSS = 'oss-security@lists.example'
export const REA = 'rea@reporter.example'
export const SAM = 'sam@other.example'

type Course = { readonly id: CaseId; readonly branch: string; readonly reporter: string }

export const FIRST: Course = { id: ONE, branch: 'main', reporter: REA }
export const SECOND: Course = { id: TWO, branch: '4.2', reporter: SAM }

export const policy = policyOf({
  projects: [
    {
      id: 'quillmark',
      name: 'Quillmark',
      address: 'security@quillmark.example',
      cve: 'none',
      announce: ANNOUNCE,
      ossSecurity: OSS,
      branches: [{ name: 'main' }, { name: '4.2' }],
    },
  ],
})

export async function submitPatchOf(house: House, { id }: Course, text: string): Promise<void> {
  const { blob, sha256 } = await house.engine.commands.putBlob(id, new TextEncoder().encode(text))
  await submit(house, 'ben', { verb: 'patch', case: id, blob, sha256, fileName: 'fix.patch' })
}

/** Plays a case from the first mail to a verified fix and a written advisory. */
export async function prepareCase(house: House, course: Course): Promise<void> {
  const { id, branch, reporter } = course
  const from = `Somebody <${reporter}>`
  await house.receive({ envelopeFrom: reporter }, mailBytes({ from, subject: `About ${branch}` }))
  await submit(house, 'ana', { verb: 'ack', case: id })
  await submit(house, 'ana', { verb: 'triage', case: id, disposition: 'valid', severity: 'high', cwe: 'CWE-22' })
  await submit(house, 'ana', {
    verb: 'triage.affects',
    case: id,
    branch,
    affected: true,
    range: `< ${branch}.1`,
    fixedVersion: `${branch}.1`,
  })
  await submit(house, 'ana', { verb: 'assign-patch', case: id, to: PersonId.parse('ben'), branches: [] })
  await submitPatchOf(house, course, PATCH)
  await house.drain()
  await verifyFix(house, course)
  await submit(house, 'ana', {
    verb: 'advisory',
    case: id,
    component: `the loader of ${branch}`,
    impact: 'By naming a template an attacker may read files.',
  })
  await house.drain()
}

export async function verifyFix(house: House, { id, reporter }: Course): Promise<void> {
  const to = replyTo(house)
  await house.receive(
    { to, envelopeFrom: reporter },
    mailBytes({ to, from: `Somebody <${reporter}>`, body: `Yes. ${house.clock.now()}` }),
  )
  const state = await house.engine.queries.state(id)
  const message = state?.kind === 'case' ? state.messages.at(-1)?.message : undefined
  if (message === undefined) throw new Error('the answer is not there')
  const asked =
    state?.kind === 'case' &&
    state.branches.some(({ fix }) => fix?.is === 'submitted' && fix.verification?.of === 'reporter')
  await submit(
    house,
    'ana',
    asked
      ? { verb: 'log-answer', case: id, message, answer: { about: 'verification', fixed: true } }
      : { verb: 'confirm', case: id, fixed: true },
  )
}

export type TwoPeople = Extract<
  PersonRequest,
  {
    verb:
      | 'prenotify'
      | 'prenotify.update'
      | 'disclose'
      | 'release.move'
      | 'release.cancel'
      | 'release.drop'
      | 'disclose.interim'
      | 'signal.public'
      | 'signal.leak'
      | 'signal.attack'
      | 'waive'
      | 'embargo.end'
  }
>

export async function requestAndApprove(house: House, request: TwoPeople) {
  const preview = previewOf(await house.engine.commands.preview(request, house.clock.now()))
  await submit(house, 'ana', { ...request, shown: { digest: preview.digest, blob: preview.blob } })
  const again = previewOf(
    await house.engine.commands.preview({ verb: 'approve', case: request.case }, house.clock.now()),
  )
  await submit(house, 'ben', { verb: 'approve', case: request.case, shown: { digest: again.digest, blob: again.blob } })
  return again
}

export async function plannedRelease(options: Omit<Parameters<typeof createHouse>[0], 'policy'> = {}): Promise<House> {
  const house = createHouse({ ...options, policy })
  await prepareCase(house, FIRST)
  await prepareCase(house, SECOND)
  await submit(house, 'ana', { verb: 'release.plan', case: ONE, at: DATE })
  await submit(house, 'ana', { verb: 'release.add', case: TWO, release: RELEASE })
  await house.drain()
  return house
}

export async function prenotifiedRelease(): Promise<House> {
  const house = await plannedRelease()
  await requestAndApprove(house, { verb: 'prenotify', case: TWO, at: DATE })
  await house.drain()
  return house
}

/** The program stops, and starts again on the same database. */
export function restart(house: House): House {
  const next = createHouse({ policy, store: house.engine.deps })
  next.clock.moveTo(house.clock.now())
  return next
}

export const mailsSince = (house: House, count: number) =>
  house.relay.mails.slice(count).map(({ envelopeTo, raw }) => {
    const text = new TextDecoder().decode(raw)
    const subject = (/^Subject: (.*(?:\r\n[ \t].*)*)/mu.exec(text)?.[1] ?? '').replaceAll(/\r\n[ \t]+/gu, ' ')
    return { envelopeTo, subject, text }
  })

export const recipientsSince = (house: House, count = 0) =>
  mailsSince(house, count)
    .map(({ envelopeTo }) => envelopeTo)
    .toSorted()
