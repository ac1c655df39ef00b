import { assertNever } from '@embargo/core'
import type { Answer, Visibility } from '@embargo/core'
import { outside } from '../cards/spans.ts'
import type { LineParts } from '../cards/spans.ts'

/** A logged answer, for people on the case, without the reporter's name if the policy hides senders. */
export function answerLine(answer: Answer, { sender }: Pick<Visibility, 'sender'>): LineParts {
  if (answer.about !== 'credit') return [inWords(answer)]
  if (answer.credit === 'anonymous') return ['no credit.']
  const name = answer.name?.value
  const as = answer.credit === 'named' ? 'a name' : 'a pseudonym'
  return name === null || name === undefined || sender === 'nothing'
    ? [`credit as ${as}.`]
    : [`credit as ${as}, `, outside(name), '.']
}

function inWords(answer: Exclude<Answer, { about: 'credit' }>): string {
  switch (answer.about) {
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
      return 'proposes another date for the end of the embargo.'
    case 'open':
      return answer.agreed ? 'would go on in public.' : 'would not go on in public.'
    case 'forwarding':
      if (!answer.agreed) return 'the report must not be forwarded.'
      return `the report may be forwarded, ${answer.named ? 'with' : 'without'} their name.`
    case 'verification':
      return answer.fixed
        ? `the patch for ${answer.branch} fixes it.`
        : `the patch for ${answer.branch} does not fix it.`
    default:
      return assertNever(answer)
  }
}
