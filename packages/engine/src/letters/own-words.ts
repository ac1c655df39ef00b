import { after, embargoInForce, filled, isTemplateName, when } from '@embargo/core'
import type { Event, Instant, LetterName, TemplateField, TemplateName } from '@embargo/core'
import { inOwnWords } from '@embargo/mail'
import type { Letter } from '@embargo/mail'
import { fixedVersionsOf } from './advisory-record.ts'
import { base, contact, nextWordBy } from './base.ts'
import type { LetterMaterial } from './material.ts'
import { fixBy } from './remediation.ts'

type Fields<N extends TemplateName> = Readonly<Record<TemplateField<N>, string>>

/** The letter, or the project's own text of it where the policy has one. */
export function asTheProjectSays(name: LetterName, written: Letter, material: LetterMaterial): Letter {
  const text = isTemplateName(name) ? ownWords(name, material) : undefined
  return text === undefined ? written : inOwnWords(written, base(material), text)
}

/** The project's own words for this, with their fields filled; nothing where the policy has none. */
export function ownWords(name: TemplateName, material: LetterMaterial): string | undefined {
  const template = material.policy.templates[name]
  return template === undefined ? undefined : filled(template, FIELDS[name](material))
}

const FIELDS: { readonly [N in TemplateName]: (material: LetterMaterial) => Fields<N> } = {
  receipt: (material) => ({
    ...always(material),
    answerBy: said(
      material,
      after(material.policy.calendar, material.case.openedAt, material.policy.clocks.acknowledge.target),
    ),
    embargoEnd: embargoEnd(material),
  }),
  acknowledgment: (material) => ({
    ...always(material),
    nextWordBy: said(material, nextWordBy(material.policy, material.now)),
    embargoEnd: embargoEnd(material),
  }),
  outcome: (material) => ({
    ...always(material),
    disposition: of(material.event, 'DispositionSet')?.disposition ?? material.case.disposition ?? '',
    severity: material.case.severity ?? 'not rated yet',
    reason: of(material.event, 'DispositionSet')?.reason ?? '',
    nextWordBy: said(material, nextWordBy(material.policy, material.now)),
    embargoEnd: embargoEnd(material),
  }),
  remediation: (material) => ({
    ...always(material),
    branches: (of(material.event, 'PatchAssigned')?.branches ?? []).join(', '),
    fixBy: said(material, fixBy(material)),
    embargoEnd: embargoEnd(material),
  }),
  'verification-request': (material) => {
    const asked = of(material.event, 'VerificationRequested')
    return {
      ...always(material),
      branch: asked?.branch ?? '',
      sha256: asked?.sha256 ?? '',
      answerBy: said(material, asked?.dueAt),
      releaseAt: said(material, material.releaseAt),
    }
  },
  'embargo-lifted': (material) => ({
    ...always(material),
    versions: fixedVersionsOf(material.cases).join(', '),
    endedAt: said(material, material.publishedAt),
  }),
  thanks: (material) => ({ ...always(material), versions: fixedVersionsOf([material.case]).join(', ') }),
  'no-payment': (material) => ({ ...always(material), embargoEnd: embargoEnd(material) }),
}

const always = (material: LetterMaterial) => ({
  case: material.case.id,
  project: material.project.name,
  contact: contact(material),
})

const said = ({ now }: LetterMaterial, at: Instant | undefined): string => (at === undefined ? '' : when(at, { now }))

const embargoEnd = (material: LetterMaterial): string =>
  embargoInForce(material.case.em) ? said(material, material.case.em.end) : ''

const of = <T extends Event['type']>(event: Event | undefined, type: T): Extract<Event, { type: T }> | undefined =>
  event !== undefined && isOf(event, type) ? event : undefined

const isOf = <T extends Event['type']>(event: Event, type: T): event is Extract<Event, { type: T }> =>
  event.type === type
