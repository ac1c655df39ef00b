import { afterEach, expect, it, vi } from 'vitest'
import type { Policy } from '@embargo/core'
import { scenarioOf } from './scenarios.ts'
import type { PlantedFault } from './planted-faults.ts'

/** All of these are found among the first places: the way to a broken rule is never long. */
const AT_MOST = 20_000

/** Asked beside the main line: what a break of it could be seen by. */
const BESIDE: ReadonlySet<string> = new Set(['credit', 'refuse', 'waive'])

/** The exploration over rules of which one is broken: the modules are loaded anew, with another one in its place. */
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
    const { looks } = await import('./looks.ts')
    if (two === true) {
      const { optionsOfTwoCases } = await import('./prove.ts')
      return explore({
        ...optionsOfTwoCases({ profile: 'team', reporter: 'reachable' }),
        checks,
        atMost: AT_MOST,
        firstFinding: true,
      })
    }
    if (theme !== undefined) {
      const { optionsOf } = await import('./prove.ts')
      return explore({
        ...optionsOf(scenario ?? { profile: 'team', reporter: 'reachable' }, theme),
        checks,
        atMost: AT_MOST,
        firstFinding: true,
      })
    }
    const where = scenarioOf(scenario ?? { profile: 'team', reporter: 'reachable' }, 1)
    const policy = lacking(where.policy, without)
    return explore({
      // Abstracted further: this asks whether a break is seen, not whether all is.
      scenario: { ...where, policy, coarse: true },
      checks,
      looks,
      follows: isMainLineStep,
      asks: ({ verb }) => isMainLine(verb) || BESIDE.has(verb),
      atMost: AT_MOST,
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

/** One half of the breaks each: two files are played side by side. */
export function testPlantedFaults(breaks: readonly PlantedFault[], say: (line: string) => void): void {
  afterEach(() => {
    vi.doUnmock('../../../core/src/index.ts')
    vi.resetModules()
  })

  it.each(breaks.map((one) => [one.name, one] as const))('%s', { timeout: 900_000 }, async (_name, broken) => {
    const { findings, states } = await exploreWithFault(broken)

    say(`found after ${states} states: ${findings.map(({ what }) => what).join('; ')}`)
    expect(findings.length).toBeGreaterThan(0)
  })
}
