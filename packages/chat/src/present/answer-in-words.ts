import { assertNever } from '@embargo/core'
import type { Answer } from '@embargo/core'

/** A logged answer for the case's own people. */
export function answerInWords(answer: Answer): string {
  switch (answer.about) {
    case 'credit':
      if (answer.credit === 'anonymous') return 'no credit.'
      return `credit as ${answer.credit === 'named' ? 'a name' : 'a pseudonym'}${creditName(answer.name?.value)}.`
    case 'patch-offer':
      return answer.willing ? 'would write the patch.' : 'would not write the patch.'
    case 'ai-use':
      if (!answer.used) return 'no AI was used.'
      return answer.checkedByPerson ? 'AI was used, and a person checked it.' : 'AI was used, and nobody checked it.'
    case 'consent':
      if (answer.proposal !== undefined)
        return answer.agreed ? 'agrees to the proposed date.' : 'does not agree to the proposed date.'
      return answer.agreed ? 'agrees to the embargo.' : 'does not agree to the embargo.'
    case 'embargo-date':
      return 'names another date for the end of the embargo.'
    case 'open':
      return answer.agreed ? 'would go on in public.' : 'would not go on in public.'
    case 'forwarding':
      if (!answer.agreed) return 'the report is not to be forwarded.'
      return `the report may be forwarded, ${answer.named ? 'with' : 'without'} their name.`
    case 'verification':
      return answer.fixed
        ? `the patch for ${answer.branch} fixes it.`
        : `the patch for ${answer.branch} does not fix it.`
    default:
      return assertNever(answer)
  }
}

const creditName = (name: string | null | undefined): string => (name === null || name === undefined ? '' : `, ${name}`)
