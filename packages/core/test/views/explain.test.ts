import { describe, expect, it } from 'vitest'
import {
  explainGates,
  explainWithFacts,
  later,
  leastRequest,
  PERSON_VERBS,
  PersonId,
  ReleaseId,
} from '../../src/index.ts'
import { gatesOf } from '../../src/commands/index.ts'
import type { PersonRequest, PersonVerb, Policy } from '../../src/index.ts'
import { changeState } from '../fixtures/clock-situations.ts'
import { ana, ben, CASE, DAY, person, policyOf, RELEASE, Scenario, START } from '../fixtures/scenario.ts'
import { prenotifiedRelease, TWO } from '../fixtures/multi-case-scenario.ts'
import { PREVIEW } from '../fixtures/team-of-three.ts'

function explained(scenario: Scenario, verb: PersonVerb) {
  const command = { actor: person(ana), request: leastRequest(verb, CASE) }
  return explainGates(scenario.policy, scenario.world, command, scenario.now) ?? []
}

const why = (scenario: Scenario, verb: PersonVerb) => {
  const command = { actor: person(ana), request: leastRequest(verb, CASE) }
  return (explainWithFacts(scenario.policy, scenario.world, command, scenario.now) ?? []).flatMap((gate) =>
    gate.state === 'passes' ? [{ gate: gate.gate, because: gate.because }] : [],
  )
}

const short = (scenario: Scenario, verb: PersonVerb): readonly string[] =>
  explained(scenario, verb).map(({ gate, state }) => `${gate} ${state}`)

describe('what stands between a case and a command', () => {
  it('is listed for every gate, in the order of the checks, not only for the first that refuses', () => {
    const scenario = new Scenario().untilPatch()
    expect(short(scenario, 'disclose')).toEqual([
      'role passes',
      'not-the-reporter passes',
      'no-conflict passes',
      'on-the-case passes',
      'fits-the-stage passes',
      'publication-not-begun passes',
      'fits-the-stage passes',
      'frozen passes',
      'fix refuses',
      'texts-complete refuses',
      'severity-rated passes',
      'wording passes',
      'credit passes',
      'reaches-the-public passes',
      'release-date refuses',
      'second-person comes-next',
    ])
  })

  it('uses the exact words of the refusal that the command gets', () => {
    const scenario = new Scenario().untilPatch()
    const refusal = scenario.refused({ verb: 'disclose', case: CASE }, person(ana))
    expect(explained(scenario, 'disclose').find(({ state }) => state === 'refuses')).toMatchObject({ refusal })
  })

  it('fills in the date that a preview would propose', () => {
    const scenario = new Scenario().untilReady()
    expect(short(scenario, 'prenotify')).toContain('hours passes')
    expect(short(scenario, 'prenotify')).not.toContain('notice refuses')
  })

  it('uses the policy of the case’s own project', () => {
    const [project] = policyOf().projects
    if (project === undefined) throw new Error('no project')
    const settled = { prenotification: { lead: { high: '80 days' } } }
    const policy = policyOf('team', { projects: [{ ...project, policy: settled }] })
    const scenario = new Scenario(policy).untilReady().wait(9 * DAY)
    expect(short(scenario, 'prenotify')).toContain('inside-embargo refuses')
  })

  it.each(PERSON_VERBS)('names the rule of each gate of %s', (verb) => {
    const gates = explained(new Scenario().untilReady(), verb)
    expect(gates.length).toBeGreaterThanOrEqual(3)
    expect(gates.map(({ rule }) => rule)).not.toContain(undefined)
  })

  it.each(PERSON_VERBS)('knows the rule of each gate of %s though it passes', (verb) => {
    expect(gatesOf(verb).map(({ id }) => id)).not.toContain('makes-sense')
  })

  it('is empty for a case that does not exist', () => {
    expect(explained(new Scenario(), 'ack')).toEqual([])
  })
})

const listed = policyOf()
const noLists: Policy = { ...listed, prenotification: { ...listed.prenotification, lists: [] } }

/** Very different cases. For each fact that lists something, at least one of these cases has nothing to list. */
const EVERY_CASE: readonly (readonly [what: string, given: () => Scenario])[] = [
  ['opened', () => new Scenario().opens()],
  ['opened, of one alone', () => new Scenario(policyOf('solo')).opens()],
  ['with a patch', () => new Scenario().untilPatch()],
  ['ready', () => new Scenario().untilReady()],
  ['ready, with no lists', () => new Scenario(noLists).untilReady()],
  ['pre-notified', () => new Scenario().untilPrenotified(RELEASE)],
  ['leaked', () => leaked()],
]

function leaked(): Scenario {
  const scenario = new Scenario().untilPatch()
  scenario.does({ verb: 'signal.leak', case: CASE, text: 'seen in a forum', shown: PREVIEW }, person(ana))
  scenario.does({ verb: 'approve', case: CASE, shown: PREVIEW }, person(ben))
  return scenario
}

const NINE = '2026-05-04T09:00:00.000Z'
const TEN = '2026-05-04T10:00:00.000Z'

describe('the facts behind a gate that passes', () => {
  const ready = () => new Scenario().untilReady()
  const told = () => new Scenario().untilPrenotified(RELEASE)
  const agreed = () =>
    changeState(ready(), ({ reports }) => ({
      reports: reports.map((report) => ({ ...report, forwarding: 'named' as const })),
    }))

  it.each<readonly [PersonVerb, string, () => Scenario, string]>([
    ['disclose', 'role', ready, 'Ana is admin and team; this command requires admin or team or releaser.'],
    ['disclose', 'not-the-reporter', ready, 'SEC-2026-0001/r1 did not come from Ana.'],
    ['disclose', 'no-conflict', ready, 'No conflict of interest is declared for Ana.'],
    ['disclose', 'on-the-case', ready, 'Ana is on it as admin.'],
    ['disclose', 'publication-not-begun', ready, 'Our publication has not begun.'],
    [
      'disclose',
      'fix',
      ready,
      `The patch for main, by Ben, is verified by the reporter. The fix is ready since ${TEN}.`,
    ],
    ['disclose', 'texts-complete', ready, 'The advisory has its component and impact.'],
    ['disclose', 'credit', ready, 'The reporter of SEC-2026-0001/r1 was asked, has not answered, and is not named.'],
    ['disclose', 'reaches-the-public', ready, 'The project announces on two lists.'],
    ['prenotify', 'embargo-active', ready, 'The embargo is in force until 2026-08-02T09:00:00.000Z.'],
    ['prenotify', 'nothing-public', ready, 'Nothing is public, and no attacks are observed.'],
    ['prenotify', 'recipient-consent', ready, 'All 2 recipients agreed to the terms of their lists.'],
    ['triage.affects', 'validity-decided', ready, `It was found valid on ${NINE}.`],
    ['assign-patch', 'severity-rated', ready, `It is rated high since ${NINE}.`],
    [
      'assign-patch',
      'remediator-willing',
      ready,
      'The patch is not assigned to the reporter, who has not agreed to write it.',
    ],
    ['party.forward', 'reporter-agrees', agreed, 'The reporter of SEC-2026-0001/r1 said: named.'],
    ['patch', 'frozen', ready, 'No mail is still leaving, and no signal waits for a second person.'],
    ['triage.not-now', 'case-open', ready, 'The case is accepted.'],
    [
      'prenotify.update',
      'fits-the-stage',
      told,
      `The case is accepted. It is in release REL-SEC-2026-0001-1, prenotified for 2026-05-12T14:00:00.000Z.`,
    ],
  ])('%s, %s', (verb, gate, given, because) => {
    expect(why(given(), verb).find((one) => one.gate === gate)?.because).toBe(because)
  })

  it.each(PERSON_VERBS)('are said of each gate that lets %s pass', (verb) => {
    for (const given of [new Scenario().opens(), new Scenario().untilPatch(), ready(), told()]) {
      for (const { gate, because } of why(given, verb)) {
        expect(because, gate).toMatch(/^[A-Z0-9].*\.$/)
        expect(because, gate).not.toMatch(/undefined|NaN/)
      }
    }
  })

  it.each(PERSON_VERBS)('are whole sentences, with no empty list in them, whatever the case of %s', (verb) => {
    for (const [what, given] of EVERY_CASE) {
      const scenario = given()
      for (const who of [ana, ben]) {
        const command = { actor: person(who), request: leastRequest(verb, CASE) }
        for (const gate of explainWithFacts(scenario.policy, scenario.world, command, scenario.now) ?? []) {
          const said = gate.state === 'refuses' ? gate.refusal.because : gate.because
          expect(said, `${what}: ${gate.gate}`).toMatch(/^\S.*\S\.$/)
          expect(said, `${what}: ${gate.gate}`).not.toMatch(
            /undefined|NaN|\s[.,:;]|:\.| {2}|\b(?:All|[Tt]he) [01] |\b0 recipients|\b1 \w+s are|(?:by|for|of|takes|to|is) *[.;]/,
          )
        }
      }
    }
  })

  it('are not computed if only the state of the gates is requested', () => {
    const gates = explained(ready(), 'disclose').filter(({ state }) => state === 'passes')
    expect(gates.length).toBeGreaterThan(5)
    expect(gates.some((gate) => 'because' in gate)).toBe(false)
  })
})

describe('the second yes', () => {
  const next = (scenario: Scenario, verb: PersonVerb, who = ana) => {
    const command = { actor: person(who), request: leastRequest(verb, CASE) }
    const gates = explainWithFacts(scenario.policy, scenario.world, command, scenario.now) ?? []
    return gates.flatMap((gate) => (gate.state === 'comes-next' ? [gate] : []))
  }
  const ready = () => new Scenario().untilReady()

  it('names who can give it before the request', () => {
    expect(next(ready(), 'disclose')).toMatchObject([
      {
        because: 'Nobody has asked for it yet. It takes a second person’s approval.',
        liftedBy: [{ who: 'Ben', how: 'approves or refuses' }],
      },
    ])
  })

  it('says who requested it, and which of the others may answer', () => {
    const scenario = ready()
    scenario.does({ verb: 'prenotify', case: CASE, at: RELEASE, shown: PREVIEW }, person(ana))
    for (const who of [ana, ben])
      expect(next(scenario, 'prenotify', who)).toMatchObject([
        { because: expect.stringMatching(/^Ana asked for it on 2026-/), liftedBy: [{ who: 'Ben' }] },
      ])
  })

  it('says when nobody is left to give it, and who can change that', () => {
    const scenario = ready()
    scenario.does({ verb: 'people.conflict', case: CASE, person: ben, reason: 'he sells it' }, person(ana))
    expect(next(scenario, 'disclose')).toMatchObject([
      {
        because:
          'Nobody has asked for it yet. It takes a second person’s approval, and only Ana has the role for that in this case.',
        liftedBy: [{ verb: 'people.invite' }, { who: 'an admin' }],
      },
    ])
  })

  it('cannot come from a person without a role in another case of the release', () => {
    const scenario = prenotifiedRelease()
    const mayAnswer = () => next(scenario, 'disclose').flatMap(({ liftedBy = [] }) => liftedBy.map(({ who }) => who))
    expect(mayAnswer()).toEqual(['Ben'])
    scenario.does({ verb: 'people.conflict', case: TWO, person: ben, reason: 'he sells it' }, person(ana))
    expect(mayAnswer()).toEqual(['any team member', 'an admin'])
  })

  it('comes from the same person later, if they work alone', () => {
    const scenario = new Scenario(policyOf('solo')).opens()
    expect(next(scenario, 'disclose')).toMatchObject([
      { liftedBy: [{ who: 'Ana', how: expect.stringMatching(/^looks again from 2026-.* and types SEC-2026-0001$/) }] },
    ])
  })
})

describe('what a command would say of a case that is known', () => {
  const refusing = (scenario: Scenario, verb: PersonVerb) => {
    const command = { actor: person(ana), request: leastRequest(verb, CASE) }
    return (explainWithFacts(scenario.policy, scenario.world, command, scenario.now) ?? [])
      .filter(({ state }) => state === 'refuses')
      .map(({ gate }) => gate)
  }

  it.each<readonly [PersonVerb, () => Scenario]>([
    ['embargo.until', () => new Scenario().untilPatch()],
    ['embargo.extend', () => new Scenario().untilPatch()],
    ['embargo.end', () => leaked()],
    ['signal.wrong', () => leaked()],
  ])('nothing stands before %s if it could be run', (verb, given) => {
    expect(refusing(given(), verb)).toEqual([])
  })
})

describe('what was named of a command', () => {
  const asked = (scenario: Scenario, verb: PersonVerb, said: object) => {
    const command = { actor: person(ana), request: leastRequest(verb, CASE), said }
    return explainWithFacts(scenario.policy, scenario.world, command, scenario.now) ?? []
  }
  const refusals = (scenario: Scenario, verb: PersonVerb, said: object) =>
    asked(scenario, verb, said).flatMap((gate) => (gate.state === 'refuses' ? [gate.refusal] : []))

  it.each<readonly [PersonRequest, () => Scenario]>([
    [{ verb: 'assign-patch', case: CASE, to: 'reporter', branches: [] }, () => new Scenario().untilPatch()],
    [{ verb: 'assign-patch', case: CASE, to: PersonId.parse('zoe'), branches: [] }, () => new Scenario().untilPatch()],
    [{ verb: 'assign-patch', case: CASE, to: ben, branches: ['9.x'] }, () => new Scenario().untilPatch()],
    [{ verb: 'release.plan', case: CASE, at: later(RELEASE, -DAY) }, () => new Scenario().untilReady()],
    [{ verb: 'release.plan', case: CASE, at: later(START, -DAY) }, () => new Scenario().untilReady()],
    [
      { verb: 'release.add', case: CASE, release: ReleaseId.parse('REL-SEC-2099-01-06') },
      () => new Scenario().untilReady(),
    ],
    [{ verb: 'embargo.until', case: CASE, end: later(START, -DAY) }, () => new Scenario().untilPatch()],
  ])('is refused in the words of the command: %o', (request, given) => {
    const refusal = given().refused(request, person(ana))
    const { verb, case: _case, ...said } = request
    expect(refusals(given(), verb, said)[0]).toEqual(refusal)
  })

  it.each<PersonVerb>([
    'ack',
    'confirm',
    'release.drop',
    'embargo.accept',
    'embargo.reject',
    'embargo.open',
    'embargo.keep',
    'settle.channel.ok',
    'settle.channel.open',
    'close',
    'triage.not-now',
    'reopen',
    'reply.progress',
    'reply.resend',
    'cve.request',
    'approve.no',
    'take',
  ])('may be nothing: %s is refused where the command is, in its words, whatever the case', (verb) => {
    for (const [what, given] of EVERY_CASE) {
      const decision = given().ask(leastRequest(verb, CASE), person(ana))
      const [refusal] = refusals(given(), verb, {})
      expect(refusal, what).toEqual(decision.ok ? undefined : decision.refusal)
    }
  })

  it('passes where the command passes', () => {
    const scenario = new Scenario().untilReady()
    expect(refusals(scenario, 'release.plan', { at: RELEASE })).toEqual([])
    scenario.does({ verb: 'release.plan', case: CASE, at: RELEASE }, person(ana))
  })

  it('stands as it is, where something else would be within reach', () => {
    expect(refusals(leaked(), 'embargo.end', { reason: 'attacks' })).toMatchObject([{ gate: 'reason-holds' }])
    expect(refusals(leaked(), 'signal.wrong', { what: 'public' })).toMatchObject([{ gate: 'signal-counts' }])
  })

  it.each<readonly [PersonVerb, readonly string[]]>([
    ['release.plan', ['date-ahead', 'inside-embargo', 'notice', 'hours']],
    ['release.add', ['date-ahead', 'inside-embargo', 'notice', 'hours']],
    ['release.move', ['date-ahead', 'inside-embargo', 'notice', 'hours']],
    ['triage.duplicate', ['earlier-and-open', 'signal-counts']],
    ['log-answer.address', ['address-of-theirs']],
    ['approve', ['second-person']],
    ['prenotify', []],
  ])('is missing of %s, so that these gates are not asked', (verb, gates) => {
    const open = asked(new Scenario().untilReady(), verb, {}).filter(({ state }) => state === 'not-asked')
    expect(open.map(({ gate }) => gate)).toEqual(gates)
  })

  it('may be a person of the team, where nothing was named of who writes the patch', () => {
    const scenario = new Scenario().untilPatch()
    expect(refusals(scenario, 'assign-patch', {})).toEqual([])
    expect(asked(scenario, 'assign-patch', {})).toContainEqual(
      expect.objectContaining({
        gate: 'remediator-willing',
        because: 'The patch is not assigned to the reporter, who has not agreed to write it.',
      }),
    )
  })
})
