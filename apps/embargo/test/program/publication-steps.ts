import { later, MINUTE, PersonId } from '@embargo/core'
import type { CaseId, Instant } from '@embargo/core'
import { expect } from 'vitest'
import { isAnnouncement, isPost, SECRET } from './publication-house.ts'
import type { House } from './publication-house.ts'
import { CASE, CHECKED, CVE, NAME, RELEASE, VERSION } from './publication-policy.ts'

export const WAIT = { timeout: 60_000 }
export const UNTIL = { timeoutMs: 60_000 }

/** Waits for the CVE id. CVE Services gives it at once. GitHub gives it after its staff has checked the request. */
async function untilCveId(house: House, ghsa: string): Promise<void> {
  const { github } = house
  if (house.cveFrom === 'github') {
    await expect.poll(() => github.state.advisory(ghsa).cveRequests, WAIT).toEqual(['ana'])
    github.assignCve(ghsa, CVE)
  }
  const id = async () => {
    // Moves the clock at each look. One move may not be enough: the attempt that sent the request may end after the
    // move, and the next attempt then waits another hour.
    if (house.cveFrom === 'github') house.passHours(1)
    return (await house.caseState()).cve?.id
  }
  await expect.poll(id, WAIT).toBe(CVE)
}

/** Records the facts of a vulnerability, and submits the patch that Ben wrote. */
export async function untilFixed(
  { program, submit }: House,
  {
    case: id = CASE,
    fixedVersion = '4.3.0',
    component = 'the template loader',
  }: { readonly case?: CaseId; readonly fixedVersion?: string; readonly component?: string } = {},
): Promise<void> {
  await submit('ana', { verb: 'triage', case: id, disposition: 'valid', severity: 'high', cwe: 'CWE-22' })
  const range = { affected: true, range: `< ${fixedVersion}`, fixedVersion } as const
  await submit('ana', { verb: 'triage.affects', case: id, branch: 'main', ...range })
  await submit('ana', { verb: 'assign-patch', case: id, to: PersonId.parse('ben'), branches: [] })
  const patch = new TextEncoder().encode('--- a/loader\n+++ b/loader\n@@ -1 +1 @@\n-open\n+closed\n')
  const blob = await program.engine.commands.putBlob(id, patch)
  await submit('ben', { verb: 'patch', case: id, ...blob, fileName: 'fix.patch' })
  const impact = 'By naming a template an attacker may read files.'
  await submit('ana', { verb: 'advisory', case: id, component, impact })
}

/**
 * Plays a case from a private report at GitHub until its recipients and the public know the date of the release.
 * `meanwhile` is played immediately before they are told.
 */
export async function untilPrenotified(
  house: House,
  {
    withCve = true,
    meanwhile = () => Promise.resolve(),
  }: { readonly withCve?: boolean; readonly meanwhile?: () => Promise<void> } = {},
): Promise<string> {
  const { github, program, submit, requestAndApprove, clock } = house
  await expect.poll(() => github.state.requests.length, WAIT).toBeGreaterThan(0)
  const ghsa = github.person('robin').report(NAME, { summary: 'Rendering reads any file', description: 'It does.' })
  await github.deliver({ url: `http://127.0.0.1:${program.webhookPort ?? 0}/`, secret: SECRET }, ghsa)
  await expect.poll(() => program.engine.queries.state(CASE), WAIT).toBeDefined()
  await submit('ana', { verb: 'ack', case: CASE })
  await untilFixed(house)
  clock.moveTo(CHECKED)
  await submit('ana', { verb: 'confirm', case: CASE, fixed: true, note: 'Robin is silent.' })
  // If no id is reserved, the case has no id yet when it is published.
  await submit('ana', { verb: 'cve.request', case: CASE, ...(withCve ? { reserve: true } : {}) })
  if (withCve) await untilCveId(house, ghsa)
  await meanwhile()
  await requestAndApprove({ verb: 'prenotify', case: CASE, at: RELEASE })
  await expect.poll(async () => (await house.release())?.headsUpAt, WAIT).toBeDefined()
  clock.moveTo(RELEASE)
  return ghsa
}

/** Makes the fixed version appear at the registry, and lets Ana and Ben publish. */
export async function disclose({ registry, requestAndApprove }: House): Promise<void> {
  registry.versions.add(VERSION)
  await requestAndApprove({ verb: 'disclose', case: CASE })
}

/** Waits until every step of the publication has ended. If `at` is given, checks that they ended at this time. */
export async function untilDisclosed(house: House, at?: Instant): Promise<void> {
  const disclosedAt = async () => (await house.release())?.disclosedAt
  await expect.poll(disclosedAt, WAIT).toEqual(at ?? expect.any(Number))
}

/**
 * Moves the clock to 15 minutes after the release, and waits until both public mails have left. The mails wait at most
 * these 15 minutes for a target that fails.
 */
export async function untilMailsStopWaiting({ clock, relay }: House): Promise<void> {
  clock.moveTo(later(RELEASE, 15 * MINUTE))
  await relay.until(isAnnouncement, UNTIL)
  await relay.until(isPost, UNTIL)
}
