import { safeJson } from '@embargo/chat'
import type { Config } from '@embargo/config'
import { OutsideError } from '@embargo/engine'
import type { CveQuota, CveRegistry } from '@embargo/engine'
import { cveRegistryOf } from '../program/cve-services.ts'
import { exitCodeOf, factsOf, lineOf } from './checks.ts'
import type { Check } from './checks.ts'
import type { CliContext } from './context.ts'
import { CliError } from './output.ts'

/** If this many ids or fewer are left, the next few cases would use up the quota. */
const FEW = 5

/** Tries the credentials for CVE Services. Prints the instance that they belong to and how many ids are left. */
export async function doctorCve({ config, output }: CliContext, json: boolean): Promise<number> {
  const registry = cveRegistryOf(config())
  if (registry === undefined)
    throw new CliError(
      'Set EMBARGO_CVE_ORG, EMBARGO_CVE_USER and EMBARGO_CVE_KEY first: docs/cve.md says where to get them.',
      1,
    )
  const checks = [instanceCheck(config(), registry), ...(await accountChecks(registry))]
  if (json) output.out(safeJson({ is: 'cve-doctor', checks: checks.map(factsOf) }))
  else for (const check of checks) output.out(lineOf(check))
  return exitCodeOf(checks)
}

function instanceCheck({ policy }: Config, { instance }: CveRegistry): Check {
  const { is, host, organization } = instance
  const what = `CVE ids for the organization ${organization} come from the ${is} instance of CVE Services at ${host}`
  const own = policy.policy.projects.filter(({ cve }) => cve === 'own').map(({ id }) => id)
  if (own.length === 0)
    return {
      what,
      ok: false,
      warning: true,
      todo: 'No project uses CVE Services. In the policy, write “cve: own” for each project that assigns its own ids.',
    }
  if (is === 'production') return { what, ok: true, note: `for ${own.join(', ')}` }
  return {
    what,
    ok: false,
    warning: true,
    todo: `These are not real CVE ids, so Embargo sends and publishes no text of ${own.join(', ')} with such an id. For real ids, set the credentials of the production instance and EMBARGO_CVE_INSTANCE=production.`,
  }
}

async function accountChecks(registry: CveRegistry): Promise<readonly Check[]> {
  const what = 'CVE Services accepts the organization, user and key'
  try {
    const quota = await registry.quota()
    return [{ what, ok: true }, quotaCheck(quota)]
  } catch (error) {
    if (error instanceof OutsideError) return [{ what, ok: false, todo: error.message }]
    throw error
  }
}

function quotaCheck({ most, reserved, available }: CveQuota): Check {
  const what = `${available} more ids can be reserved`
  const note = `${reserved} of ${most} are reserved and have no record yet`
  if (available > FEW) return { what, ok: true, note }
  const todo = `${note}. Publish or reject reserved ids, or ask your root for a larger quota.`
  return { what, ok: false, todo, ...(available > 0 ? { warning: true } : {}) }
}
