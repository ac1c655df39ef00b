import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Policy } from '@embargo/core'
import { scenarioOf } from './scenarios.ts'
import { PLANTED_FAULTS } from './planted-faults.ts'
import type { PlantedFault } from './planted-faults.ts'

/** Commands that are tried in addition to the main line, because some of the faults show only after them. */
const BESIDE: ReadonlySet<string> = new Set(['credit', 'refuse', 'waive'])

/** An exploration with a broken rule. All modules are loaded again, with the faulty module in place of the original. */
async function exploreWithFault({ module, instead, and, scenario, without, two, theme }: PlantedFault) {
  vi.resetModules()
  const replaced = [{ module, instead }, ...(and === undefined ? [] : [and])]
  for (const one of replaced) {
    vi.doMock(`../../../core/src/${one.module}`, async (importOriginal) => {
      const original = await importOriginal<Record<string, unknown>>()
      return { ...original, ...one.instead(original) }
    })
  }
  try {
    const { explore } = await import('../../src/explore.ts')
    const { isMainLine, isMainLineStep } = await import('../../src/main-line.ts')
    const { checks } = await import('../invariants/index.ts')
    if (two === true) {
      const { optionsOfTwoCases } = await import('./prove.ts')
      return explore({
        ...optionsOfTwoCases({ profile: 'team', reporter: 'reachable' }),
        checks,
        firstFinding: true,
      })
    }
    if (theme !== undefined) {
      const { optionsOf } = await import('./prove.ts')
      return explore({
        ...optionsOf(scenario ?? { profile: 'team', reporter: 'reachable' }, theme),
        checks,
        firstFinding: true,
      })
    }
    const where = scenarioOf(scenario ?? { profile: 'team', reporter: 'reachable' }, 1)
    const policy = lacking(where.policy, without)
    return explore({
      // The coarser state key saves time. It is exact enough to find the fault.
      scenario: { ...where, policy, coarse: true },
      checks,
      follows: isMainLineStep,
      asks: ({ verb }) => isMainLine(verb) || BESIDE.has(verb),
      firstFinding: true,
    })
  } finally {
    for (const one of replaced) vi.doUnmock(`../../../core/src/${one.module}`)
  }
}

function lacking(policy: Policy, what: PlantedFault['without']): Policy {
  if (what === undefined) return policy
  const lists = policy.prenotification.lists.map((list) => ({
    ...list,
    recipients: list.recipients.map(({ consented, plaintext, ...rest }) => ({
      ...rest,
      ...(what === 'consent' || consented === undefined ? {} : { consented }),
      ...(what === 'keys' || plaintext === undefined ? {} : { plaintext }),
    })),
  }))
  return { ...policy, prenotification: { ...policy.prenotification, lists } }
}

afterEach(() => {
  vi.doUnmock('../../../core/src/index.ts')
  vi.resetModules()
})

describe('a rule that is broken on purpose', { timeout: 900_000 }, () => {
  it.each(PLANTED_FAULTS.map((one) => [one.name, one] as const))('is found: %s', async (_name, fault) => {
    const { findings, states } = await exploreWithFault(fault)

    console.log(`${fault.name}: found after ${states} states: ${findings.map(({ what }) => what).join('; ')}`)
    expect(findings.length).toBeGreaterThan(0)
  })
})
