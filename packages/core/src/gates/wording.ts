import { keepsContentOut } from '../state/chat-content.ts'
import { releaseCases } from '../state/release/release-cases.ts'
import { secretWords, statedTexts } from '../state/stated-texts.ts'
import type { StatedText } from '../state/stated-texts.ts'
import { listAnd } from '../text/name-list.ts'
import { wordingFindings } from '../text/wording.ts'
import type { WordingFinding, WordingProblem } from '../text/wording.ts'
import { anyTeamMember, defineGate, refuse } from './gate.ts'
import type { CaseContext } from './gate.ts'

const FOUND: Readonly<Record<WordingProblem, string>> = {
  attack: 'shows how to attack',
  channel: 'links to a channel of the team',
  recipient: 'names a recipient',
  case: 'names another case',
  person: 'names a person',
}

type Finding = WordingFinding & { readonly stated: StatedText }

/** A credit names a person on purpose, and may name where they work. */
const allowedInCredit: readonly WordingProblem[] = ['person', 'recipient']

function findings(context: CaseContext): readonly Finding[] {
  const { whole, state } = context
  const secret = secretWords(whole, state, releaseCases(context))
  return statedTexts(state).flatMap((stated) =>
    wordingFindings(stated.text, secret)
      .filter(({ problem }) => stated.name !== 'credit' || !allowedInCredit.includes(problem))
      .map((finding) => ({ ...finding, stated })),
  )
}

/**
 * Names the line and what is wrong with it. If the policy keeps content out of chat, it names only the text that
 * contains the line.
 */
const sentence = ({ stated, problem, line }: Finding, isShown: boolean): string =>
  isShown
    ? `The ${stated.name} says "${line}", which ${FOUND[problem]}.`
    : `A line of the ${stated.name} ${FOUND[problem]}.`

/** People who write an advisory know more than the public may, so their sentences are checked before they leave. */
export const wording = defineGate({
  id: 'wording',
  rule: 'A public text must not show how to attack, or name channels, recipients, other cases or people.',
  check: (context) => {
    const { whole, state, actor } = context
    const found = findings(context)
    const [first] = found
    if (first === undefined) return undefined
    const inTerminal = actor.kind === 'person' && actor.platform === 'terminal'
    const others = found.length - 1
    const more = others === 0 ? '' : others === 1 ? ' So does 1 more line.' : ` So do ${others} more lines.`
    return refuse(
      'wording',
      `${sentence(first, inTerminal || !keepsContentOut(whole, state))}${more}`,
      anyTeamMember('writes it in other words', first.stated.verb),
    )
  },
  passes: () => 'The texts show no attack, and name no channel, recipient, other case or person.',
  waiverSubject: (context) => {
    const found = findings(context)
    if (found.length === 0) return undefined
    const isShown = !keepsContentOut(context.whole, context.state)
    return {
      key: found
        .map(({ stated, problem, line }) => `${stated.name} ${problem} ${line}`)
        .toSorted()
        .join('\n'),
      about: isShown
        ? listAnd(found.map(({ stated, line }) => `"${line}" in the ${stated.name}`))
        : listAnd(found.map(({ stated, problem }) => `a line of the ${stated.name} that ${FOUND[problem]}`)),
    }
  },
  means:
    'A sentence that was copied from a report may show every reader how to attack those who have not upgraded yet.',
  instead:
    'Write the sentence in other words with `advisory`; or, if it must stay, waive this rule with `waive`, a reason and a second person.',
})
