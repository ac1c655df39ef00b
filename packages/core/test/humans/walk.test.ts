import { describe, expect, it } from 'vitest'
import type { Policy, Request, World } from '../../src/index.ts'
import { CVE_KINDS } from './household.ts'
import { BEGINNINGS, walk } from './walk.ts'
import type { Fault, Walk } from './walk.ts'

/**
 * The number of steps in a walk. There are two walks for each combination of a beginning and a source of CVE ids. All
 * walks together take some seconds.
 */
const STEPS = 400
const SEEDS = 2
const WALKS: readonly Omit<Walk, 'fault'>[] = BEGINNINGS.flatMap((from) =>
  CVE_KINDS.flatMap((cve, kind) =>
    Array.from({ length: SEEDS }, (_, nth) => ({ seed: nth * 1000 + kind, steps: STEPS, from, cve })),
  ),
)

describe('humans with several accounts', () => {
  it('break no rule in random histories, with every kind of CVE', () => {
    const tally = new Map<string, number>()
    for (const one of WALKS) {
      const { broken, tally: of } = walk(one)
      expect(broken, JSON.stringify(one)).toBeUndefined()
      for (const [type, count] of of) tally.set(type, (tally.get(type) ?? 0) + count)
    }
    expect(MUST_HAPPEN.filter((type) => !tally.has(type))).toEqual([])
  })

  it.each(Object.entries(faults()))('are caught when %s', (_name, { fault, fact }) => {
    const found = WALKS.find((one) => walk({ ...one, fault }).broken?.fact === fact)
    expect(WALKS).toContain(found)
  })
})

const MUST_HAPPEN = [
  'ApprovalGiven',
  'ApprovalVoided',
  'FixVerified',
  'ReporterAnswered',
  'AccountLinked',
  'PersonsToldApart',
  'PersonRemoved',
  'ConflictDeclared',
  'ReleaseRescheduled',
  'RecipientSuspended',
]

type PlantedFault = { readonly fault: Fault; readonly fact: string }

function faults(): Readonly<Record<string, PlantedFault>> {
  return {
    'an approval outlives a change of what was shown': {
      fact: 'something runs on an approval of something else',
      fault: { request: asShown },
    },
    'a person who submits a patch in another’s name has no hand in it': {
      fact: 'a human says of their own patch that it fixes anything',
      fault: { world: withoutSubmitters },
    },
    'a moved date is mailed to who is suspended': {
      fact: 'a mail goes to a recipient who is suspended',
      fault: { world: trustingAll },
    },
    'a link makes two persons out of one': {
      fact: 'one human fills both seats',
      fault: { policy: linksCount },
    },
  }
}

/** Puts the digest from the request for approval into the approval, as if the texts had not changed since. */
function asShown(request: Request, { case: state }: World): Request {
  if (request.verb !== 'approve' || request.shown === undefined) return request
  const open = state?.approvals.find(({ id, status }) => status === 'open' && (request.approval ?? id) === id)
  return open === undefined
    ? request
    : { ...request, shown: { ...request.shown, digest: open.digest, now: open.digest } }
}

function withoutSubmitters(world: World, { verb }: Request): World {
  const { case: state } = world
  if (state === undefined || verb !== 'log-answer') return world
  const branches = state.branches.map((branch) => {
    const { fix } = branch
    if (fix === undefined || fix.is === 'assigned') return branch
    const { submitter: _forgotten, ...rest } = fix
    return { ...branch, fix: rest }
  })
  return { ...world, case: { ...state, branches } }
}

function trustingAll(world: World, request: Request): World {
  const { release } = world
  if (release === undefined || (request.verb !== 'release.move' && request.verb !== 'approve')) return world
  return {
    ...world,
    release: { ...release, prenotified: release.prenotified.map(({ suspendedAt: _trusted, ...one }) => one) },
  }
}

const linksCount = (policy: Policy): Policy => ({
  ...policy,
  people: policy.people.map(({ linked: _taken, ...person }) => person),
})
