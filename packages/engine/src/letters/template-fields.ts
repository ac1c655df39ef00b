import { after, answerPromised, day, deadlineWords, embargoInForce, personOf, when } from '@embargo/core'
import type { Event, Instant, TemplateField, TemplateName } from '@embargo/core'
import { FAILED_WORDS, PROGRESS_WORDS, SETTLED_WORDS } from '@embargo/letters'
import { settledBy } from './embargo-settled.ts'
import { fixedVersionsOf } from './parts.ts'
import { contact, nextWordBy } from './parts.ts'
import type { LetterMaterial } from './material.ts'
import { fixBy } from './remediation.ts'
import { mistaken, stillPlanned } from './secrecy-corrected.ts'
import { failure } from './secrecy-failed.ts'
import { standing } from './update.ts'
import { askedAbout } from './verification-request.ts'
import { nudgedAbout } from './verification-nudge.ts'

type Fields<N extends TemplateName> = Readonly<Record<TemplateField<N>, string>>
type Filler<N extends TemplateName> = (material: LetterMaterial) => Fields<N> | Promise<Fields<N>>

/** What the fields of one letter say. A field that has nothing to say is empty. */
export const templateFields = async (
  name: TemplateName,
  material: LetterMaterial,
): Promise<Readonly<Partial<Record<string, string>>>> => FILLERS[name](material)

const FILLERS: { readonly [N in TemplateName]: Filler<N> } = {
  receipt: (material) => ({
    ...always(material),
    answerBy: said(material, answerPromised(material.policy, material.case).by),
    ...embargoEnd(material),
  }),
  acknowledgment: (material) => ({ ...always(material), ...next(material), ...embargoEnd(material) }),
  outcome: (material) => ({
    ...always(material),
    disposition: of(material.event, 'DispositionSet')?.disposition ?? material.case.disposition ?? '',
    ...severity(material),
    reason: of(material.event, 'DispositionSet')?.reason ?? '',
    ...next(material),
    ...embargoEnd(material),
  }),
  remediation: (material) => ({
    ...always(material),
    branches: (of(material.event, 'PatchAssigned')?.branches ?? []).join(', '),
    fixBy: said(material, fixBy(material)),
    ...embargoEnd(material),
  }),
  'verification-request': (material) => {
    const { branch, sha256, dueAt } = askedAbout(material)
    return {
      ...always(material),
      branch,
      sha256,
      answerBy: said(material, dueAt),
      releaseAt: said(material, material.releaseAt),
    }
  },
  'verification-nudge': (material) => {
    const { branch, sha256, askedAt, answerBy } = nudgedAbout(material)
    return { ...always(material), branch, sha256, askedAt: said(material, askedAt), answerBy: said(material, answerBy) }
  },
  closed: (material) => ({ ...always(material), reason: of(material.event, 'CaseClosed')?.reason ?? '' }),
  async question(material) {
    const asked = material.case.needsInfo
    return {
      ...always(material),
      question: asked === undefined ? '' : await material.text(asked.text),
      askedAt: said(material, asked?.askedAt),
      answerBy: said(material, asked?.dueAt),
    }
  },
  lapsed: (material) => ({
    ...always(material),
    askedAt: said(material, of(material.event, 'InfoMissed')?.askedAt ?? material.case.openedAt),
  }),
  update: (material) => ({
    ...always(material),
    ...progress(material),
    ...severity(material),
    reason: of(material.event, 'ReporterUpdated')?.reason ?? of(material.event, 'SeverityRated')?.reason ?? '',
    ...next(material),
    ...embargoEnd(material),
  }),
  duplicate: (material) => ({ ...always(material), ...next(material), ...embargoEnd(material) }),
  split: (material) => ({ ...always(material), ...next(material), ...embargoEnd(material) }),
  slipped: (material) => ({ ...always(material), ...moved(material), ...embargoEnd(material) }),
  'recipient-slipped': (material) => ({
    ...always(material),
    cases: material.cases.map(({ id }) => id).join(', '),
    ...moved(material),
  }),
  'recipient-closed': (material) => ({
    ...always(material),
    reason: of(material.event, 'CaseClosed')?.reason ?? '',
  }),
  'embargo-proposal': (material) => {
    const { policy, now } = material
    const proposed = of(material.event, 'EmbargoProposed')
    return {
      ...always(material),
      proposedEnd: said(material, proposed?.end),
      reason: proposed?.reason ?? '',
      answerBy: said(material, after(policy.calendar, now, policy.clocks.consentSilence)),
      ...embargoEnd(material),
    }
  },
  'embargo-settled': (material) => {
    const { event } = material
    return {
      ...always(material),
      settled: SETTLED_WORDS[settledBy(material)],
      reason: of(event, 'EmbargoRejected')?.reason ?? '',
      ...embargoEnd(material),
    }
  },
  'embargo-expired': (material) => ({
    ...always(material),
    ...ended(material),
    ...progress(material),
    ...next(material),
  }),
  'recipient-expired': (material) => ({
    ...always(material),
    ...ended(material),
    releaseAt: said(material, stillPlanned(material)),
  }),
  'secrecy-failed': (material) => {
    const { by, endedAt, link } = failure(material)
    return { ...always(material), what: FAILED_WORDS[by], endedAt: said(material, endedAt), link: link ?? '' }
  },
  'secrecy-corrected': (material) => {
    const { by, endedAt } = mistaken(material)
    return {
      ...always(material),
      what: FAILED_WORDS[by],
      endedAt: said(material, endedAt),
      releaseAt: said(material, stillPlanned(material)),
    }
  },
  'leak-notice': (material) => ({ ...always(material), ...embargoEnd(material) }),
  'leak-corrected': (material) => ({
    ...always(material),
    ...embargoEnd(material),
    releaseAt: said(material, stillPlanned(material)),
  }),
  'embargo-lifted': (material) => ({
    ...always(material),
    versions: fixedVersionsOf(material.cases).join(', '),
    endedAt: said(material, material.publishedAt),
  }),
  thanks: (material) => ({ ...always(material), versions: fixedVersionsOf([material.case]).join(', ') }),
  'no-payment': (material) => ({ ...always(material), ...embargoEnd(material) }),
  'address-changed': (material) => ({ ...always(material) }),
  invitation: (material) => {
    const invited = of(material.event, 'PersonInvited')
    return {
      ...always(material),
      by: personOf(material.policy, invited?.by)?.name ?? 'The security team',
      role: invited?.role ?? '',
      ...embargoEnd(material),
    }
  },
  escalation: (material) => {
    const told = of(material.event, 'ReminderDue') ?? of(material.event, 'ClockBreached')
    return {
      ...always(material),
      what: told === undefined ? '' : deadlineWords(told.clock),
      due: said(material, told?.due),
    }
  },
}

const always = (material: LetterMaterial) => ({
  case: material.case.id,
  project: material.project.name,
  contact: contact(material),
})

const next = (material: LetterMaterial) => ({
  nextWordBy: said(material, nextWordBy(material)),
})

const severity = ({ case: theCase }: LetterMaterial) => ({ severity: theCase.severity ?? 'not rated yet' })

function progress(material: LetterMaterial) {
  const { progress: how, releaseAt } = standing(material)
  return { progress: PROGRESS_WORDS[how], releaseAt: said(material, releaseAt) }
}

const moved = (material: LetterMaterial) => ({
  was: material.moved === undefined ? '' : day(material.moved.was),
  newDate: said(material, material.moved?.at),
  reason: material.moved?.reason ?? '',
})

const ended = (material: LetterMaterial) => ({
  endedAt: said(material, material.case.em.is === 'exited' ? material.case.em.at : material.now),
})

const embargoEnd = (material: LetterMaterial) => ({
  embargoEnd:
    embargoInForce(material.case.em) && material.report?.free !== true ? said(material, material.case.em.end) : '',
})

const said = ({ now }: LetterMaterial, at: Instant | undefined): string => (at === undefined ? '' : when(at, { now }))

const of = <T extends Event['type']>(event: Event | undefined, type: T): Extract<Event, { type: T }> | undefined =>
  event !== undefined && isOf(event, type) ? event : undefined

const isOf = <T extends Event['type']>(event: Event, type: T): event is Extract<Event, { type: T }> =>
  event.type === type
