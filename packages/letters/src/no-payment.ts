import { filled } from '@embargo/core'
import type { TemplateField } from '@embargo/core'
import { base, embargoTerms } from './shared/base.ts'
import { date } from './shared/letter.ts'
import type { EmbargoTerms, LetterBase } from './shared/letter.ts'
import type { LetterMaterial } from './shared/material.ts'
import { common, embargoEnd } from './shared/template-values.ts'

export type NoPaymentFields = LetterBase & { embargo: EmbargoTerms }

/**
 * The answer to a reporter who asks for money. Every reporter gets the same answer, and it promises nothing about the
 * report. The answer is a text and not a letter, because a team member sends it as a reply.
 */
export const noPayment = { words, write }

function words(fields: NoPaymentFields): string {
  return [
    'Hello,',
    `you ask for money for your report. ${fields.project} does not pay for reports, neither before we have looked at them nor afterwards, and we do not pay anybody to keep quiet. We tell everybody the same.`,
    'We also do the same for everybody: we look at what your report says. If it is right, the problem is fixed and published, you hear from us on the way, and you are credited as you like.',
    'If there is more that you have not sent yet, please send it to this address; a reply is enough. If you would rather not, we go on with what we have.',
    ...embargoSentence(fields),
    'Whether you go on with us is up to you. We would be glad if you do.',
  ].join('\n\n')
}

/** Our text, or the project's own text if its policy has one. */
function write(material: LetterMaterial): string {
  const template = material.policy.templates['no-payment']
  return template === undefined
    ? words({ ...base(material), embargo: embargoTerms(material) })
    : filled(template, templateFields(material))
}

const templateFields = (material: LetterMaterial): Readonly<Record<TemplateField<'no-payment'>, string>> => ({
  ...common(material),
  ...embargoEnd(material),
})

const embargoSentence = ({ embargo, ...fields }: NoPaymentFields): readonly string[] =>
  embargo === 'none' || embargo.free === true
    ? []
    : [
        `What we asked of you has not changed: please keep it between us until ${date(embargo.end, fields)}, or until the fix is public.`,
      ]
