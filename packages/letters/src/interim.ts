import { counted } from '@embargo/core'
import type { CaseState } from '@embargo/core'
import { interim as write } from '@embargo/documents'
import type { InterimFields, InterimReason } from '@embargo/documents'
import { contact, cveIdOf } from './shared/base.ts'
import { defineLetter } from './shared/define-letter.ts'
import { CannotWrite } from './shared/errors.ts'
import type { Letter } from './shared/letter.ts'
import type { LetterMaterial } from './shared/material.ts'

/**
 * Tells the public lists about a vulnerability that became known before there is a fix: what it is, and how people can
 * protect themselves.
 */
export const interim = defineLetter({
  name: 'interim',
  label: 'interim advisory',
  obsoleteAfter: ['publication'],
  facts: interimFacts,
  words,
})

/** @throws CannotWrite when nobody wrote what the public may read */
export function interimFacts(material: LetterMaterial): InterimFields {
  const { case: theCase, project, release, now } = material
  const { advisory, severity } = theCase
  if (advisory === undefined) throw new CannotWrite(`${theCase.id} has no advisory text yet, so write it first.`)
  const fixAt = release?.at
  return {
    project: project.name,
    record: {
      caseNumber: theCase.id,
      component: advisory.component,
      impact: advisory.impact,
      workaround: advisory.workaround,
      cve: cveIdOf(material, theCase),
      ...(severity === undefined ? {} : { severity }),
      affected: theCase.branches.filter(({ affected }) => affected).map(({ name, range }) => ({ branch: name, range })),
    },
    because: reasonOf(theCase),
    fixAt: fixAt !== undefined && fixAt > now ? fixAt : undefined,
    contact: contact(material),
    template: material.policy.templates.interim,
  }
}

// The strongest reason why people may already know. If no signal gives a reason, the embargo ended because of a leak.
function reasonOf(theCase: CaseState): InterimReason {
  if (counted(theCase, 'attack').length > 0) return 'attacks'
  if (counted(theCase, 'exploit').length > 0) return 'exploit'
  return counted(theCase, 'public').length > 0 ? 'public' : 'leak'
}

function words(fields: InterimFields): Letter {
  return { ...write(fields), automatic: false }
}
