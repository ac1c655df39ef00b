import type { lettersOf as lettersOfSignals } from '@embargo/core'
import type { ScenarioName } from './scenarios.ts'
import type { ThemeName } from './themes.ts'

type LettersOf = typeof lettersOfSignals

/**
 * A fault that is made on purpose: a module of core, and what it exports instead. The exploration must find each of
 * these faults.
 */
export type PlantedFault = {
  readonly name: string
  /** The module's path under packages/core/src. */
  readonly module: string
  readonly instead: (original: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>
  readonly scenario?: ScenarioName
  /** A second module to replace, if a rule in that module also forbids what the fault would allow. */
  readonly and?: { readonly module: string; readonly instead: PlantedFault['instead'] }
  /** Set if only an exploration with two cases can reach the fault. */
  readonly two?: true
  /** The theme to explore, if no path of the main line alone leads to the fault. */
  readonly theme?: ThemeName
  /** What the policy of this exploration leaves out. */
  readonly without?: 'consent' | 'keys'
}

/** A gate that lets everything pass. */
const passes = (exported: string) => (original: Readonly<Record<string, unknown>>) => ({
  [exported]: { ...Object(original[exported]), check: () => undefined },
})

const gate = (name: string, module: string, exported: string, more: Partial<PlantedFault> = {}): PlantedFault => ({
  name: `${name} lets everything pass`,
  module: `gates/${module}.ts`,
  instead: passes(exported),
  ...more,
})

type Fold = (state: Record<string, unknown>, event: { readonly type: string }, ...rest: readonly unknown[]) => unknown

/** An `evolve` that ignores one kind of event, or does something else with it. */
const folds =
  (exported: string, type: string, other: (state: Record<string, unknown>, event: object) => unknown = (s) => s) =>
  (original: Readonly<Record<string, unknown>>) => {
    const real = original[exported] as Fold
    const fold: Fold = (state, event, ...rest) =>
      event.type === type ? other(state, event) : real(state, event, ...rest)
    return { [exported]: fold }
  }

/** A handler whose `decide` gets a changed context. */
const sees =
  (exported: string, change: (context: Record<string, unknown>) => Record<string, unknown>) =>
  (original: Readonly<Record<string, unknown>>) => {
    const real = original[exported] as { readonly decide: (context: unknown) => unknown }
    return {
      [exported]: { ...real, decide: (context: Record<string, unknown>) => real.decide(change(context)) },
    }
  }

const withoutCredit = <M extends { readonly report: object }>(moving: M): M => ({
  ...moving,
  report: { ...moving.report, credit: undefined },
})

const BARRED: ScenarioName = { profile: 'team', reporter: 'one of the team' }
const LATE: ScenarioName = { profile: 'organisation', reporter: 'reachable' }
const SOLO: ScenarioName = { profile: 'solo', reporter: 'silent' }

export const PLANTED_FAULTS: readonly PlantedFault[] = [
  gate('severity-rated', 'severity-rated', 'severityRated'),
  gate('validity-decided', 'validity-decided', 'validityDecided'),
  gate('remediator-willing', 'remediator-willing', 'remediatorWilling', {
    and: {
      module: 'commands/assign-patch.ts',
      instead: sees('assignPatch', (context) => {
        const state = context['state'] as { readonly reports: readonly object[] }
        const reports = state.reports.map((report) => ({ ...report, willing: true }))
        return { ...context, state: { ...state, reports } }
      }),
    },
  }),
  gate('verifier-is-not-author', 'verifier-is-not-author', 'verifierIsNotAuthor'),
  gate('reporter-check', 'reporter-check', 'reporterCheck'),
  gate('fix', 'fix', 'fix'),
  gate('texts-complete', 'texts-complete', 'textsComplete'),
  gate('embargo-active', 'embargo-active', 'embargoActive'),
  gate('inside-embargo', 'inside-embargo', 'insideEmbargo'),
  gate('notice', 'notice', 'notice'),
  gate('hours', 'hours', 'hours'),
  gate('one-live-release', 'one-live-release', 'oneLiveRelease'),
  gate('recipient-consent', 'recipient-consent', 'recipientConsent', { without: 'consent' }),
  gate('plain-text', 'plain-text', 'plainText', { without: 'keys' }),
  gate('second-person', 'second-person', 'secondPerson'),
  gate('second-person, alone', 'second-person', 'secondPerson', { scenario: SOLO }),
  gate('release-date', 'release-date', 'releaseDate'),
  gate('publication-not-begun', 'publication-not-begun', 'publicationNotBegun'),
  gate('frozen', 'frozen', 'frozen'),
  gate('case-open', 'case-open', 'caseOpen'),
  gate('accepted', 'case-accepted', 'caseAccepted'),
  gate('on-the-case', 'on-the-case', 'onTheCase', { scenario: LATE }),
  gate('not-the-reporter', 'not-the-reporter', 'notTheReporter', {
    scenario: BARRED,
    and: { module: 'gates/on-the-case.ts', instead: passes('onTheCase') },
  }),
  {
    name: 'role and on-the-case let a stranger pass',
    module: 'gates/role.ts',
    instead: passes('role'),
    and: { module: 'gates/on-the-case.ts', instead: passes('onTheCase') },
  },
  {
    name: 'an approval runs without its gates being asked again',
    module: 'commands/approvals/index.ts',
    instead: () => ({ approvalGates: () => [] }),
  },
  {
    name: 'a correction leaves as soon as one person asks for it',
    module: 'commands/correct.ts',
    theme: 'corrections',
    scenario: SOLO,
    instead: (original) => {
      const rule = original['correctTwice'] as {
        readonly run: (context: object, approved: object) => unknown
        readonly mails: (context: object) => unknown
      }
      const decide = (context: { readonly person: { readonly id: string } }) => ({
        ok: true,
        appends: rule.run(context, { digest: '', mails: rule.mails(context), documents: [], asker: context.person.id }),
      })
      return { correct: { ...Object(original['correct']), decide } }
    },
  },
  {
    name: 'a new patch keeps the verification of the old one',
    module: 'state/fix/evolve.ts',
    instead: folds('withFixEvent', 'PatchSubmitted', (state, event) => ({
      ...state,
      branches: (state['branches'] as readonly Record<string, unknown>[]).map((branch) => {
        const fix = branch['fix'] as Record<string, unknown> | undefined
        const { author, sha256, blob, fileName } = event as Record<string, unknown>
        const is = fix?.['is'] === 'assigned' ? 'submitted' : fix?.['is']
        return fix === undefined ? branch : { ...branch, fix: { ...fix, is, author, sha256, blob, fileName } }
      }),
    })),
  },
  {
    name: 'F stays when the patch changes',
    module: 'state/fix/evolve.ts',
    instead: folds('withFixEvent', 'FixWithdrawn'),
  },
  {
    name: 'who submitted a patch is forgotten',
    module: 'state/fix/evolve.ts',
    instead: (original) => {
      const real = original['withFixEvent'] as Fold
      const fold: Fold = (state, event, recorded) =>
        real(state, event, { ...(recorded as object), actor: { kind: 'system' } })
      return { withFixEvent: fold }
    },
  },
  {
    name: 'an embargo does not end',
    module: 'state/embargo/evolve.ts',
    instead: folds('withEmbargoEvent', 'EmbargoExited'),
  },
  {
    name: 'closing leaves the embargo as it is',
    module: 'commands/triage.ts',
    instead: () => ({ closing: () => [{ type: 'CaseClosed' }] }),
  },
  {
    name: 'publication does not make it public',
    module: 'state/world/evolve.ts',
    instead: folds('withWorldEvent', 'VulnerabilityPublic'),
  },
  {
    name: 'a disposition accepts the case at once',
    module: 'state/report/disposition.ts',
    instead: () => ({ rmAfterDisposition: () => 'accepted' }),
  },
  {
    name: 'the first answer about any mail ends its step',
    module: 'effects/publication/progress.ts',
    instead: (original) => {
      const real = original['mailTaken'] as (
        publishing: unknown,
        taken: { readonly letter: string },
      ) => readonly unknown[]
      return {
        mailTaken: (publishing: unknown, taken: { readonly letter: string }) =>
          taken.letter === 'announcement'
            ? [...real(publishing, taken), { type: 'StepDone', step: 'oss-security-mail', evidence: 'none' }]
            : real(publishing, taken),
      }
    },
  },
  {
    name: 'the next step of a publication is not begun',
    module: 'state/release/steps.ts',
    instead: () => ({ withBegun: (state: object) => state }),
  },
  {
    name: 'recipients wait behind a mail that failed during a hold',
    theme: 'held releases',
    scenario: { profile: 'solo', reporter: 'silent' },
    module: 'effects/publication/progress.ts',
    instead: () => ({ recipientsAfterHold: () => [] }),
  },
  {
    name: 'a mail is taken each time that it comes',
    module: 'commands/system/take-in.ts',
    instead: (original) => {
      const real = original['takeIn'] as (state: object, request: object) => unknown
      return { takeIn: (state: object, request: object) => real({ ...state, messages: [] }, request) }
    },
  },
  {
    name: 'nobody hears the end of an embargo',
    module: 'deadlines/embargo-end.ts',
    instead: (original) => ({ embargoEnd: { ...Object(original['embargoEnd']), runs: () => [] } }),
  },
  {
    name: 'an exploit is public while the vulnerability is not',
    theme: 'one signal after another',
    module: 'state/world/signals.ts',
    instead: (original) => {
      const real = original['lettersOf'] as LettersOf
      const lettersOf: LettersOf = (state) => {
        const { public: known, ...others } = real(state)
        const said = state.signals.some(({ is, publicAt }) => is !== 'corrected' && publicAt !== undefined)
        return known === undefined || !said ? others : { ...others, public: known }
      }
      return { lettersOf }
    },
  },
  {
    name: 'a signal that was wrong still opens the date',
    theme: 'ended early',
    module: 'state/embargo/terms.ts',
    instead: () => ({ endedEarly: ({ em }: { readonly em: { readonly is: string } }) => em.is === 'exited' }),
  },
  {
    name: 'who may have let details out is told ahead',
    theme: 'signals',
    module: 'state/world/signals.ts',
    instead: () => ({ suspectedRecipients: () => [] }),
  },
  {
    name: 'what was approved ahead stands whatever becomes of its cases',
    theme: 'planned releases',
    module: 'commands/publication/hold-causes.ts',
    instead: () => ({ heldBy: () => [] }),
  },
  {
    name: 'what was approved ahead begins however late it is',
    theme: 'planned releases',
    module: 'commands/publication/hold-causes.ts',
    instead: () => ({ tooLate: () => undefined }),
  },
  {
    name: 'a merge forgets how a reporter is credited',
    two: true,
    module: 'state/merging.ts',
    instead: (original) => {
      const real = original['joining'] as (moving: { readonly report: object }) => unknown
      return { joining: (moving: { readonly report: object }) => real(withoutCredit(moving)) }
    },
  },
  {
    name: 'a report leaves its case and arrives nowhere',
    two: true,
    module: 'state/merging.ts',
    instead: () => ({ joining: () => [] }),
  },
  {
    name: 'an unproven mail is the reporter’s yes',
    module: 'commands/log-answer.ts',
    instead: sees('logAnswer', (context) => {
      const state = context['state'] as { readonly messages: readonly object[] }
      const messages = state.messages.map((message) => ({ ...message, from: 'reporter' }))
      return { ...context, state: { ...state, messages } }
    }),
  },
  {
    name: 'a mail from before the question is an answer to it',
    module: 'commands/log-answer.ts',
    instead: sees('logAnswer', (context) => {
      const state = context['state'] as { readonly messages: readonly object[] }
      const messages = state.messages.map((message) => ({ ...message, at: Number.MAX_SAFE_INTEGER }))
      return { ...context, state: { ...state, messages } }
    }),
  },
]
