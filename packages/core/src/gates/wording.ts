import { keepsContentOut } from '../state/chat-content.ts'
import { releaseCases } from '../state/release/release-cases.ts'
import { secretWords, statedTexts } from '../state/stated-texts.ts'
import type { StatedText } from '../state/stated-texts.ts'
import { listAnd } from '../text/name-list.ts'
import { shortened, WORDING_PROBLEMS, wordingFindings } from '../text/wording.ts'
import type { WordingFinding, WordingProblem } from '../text/wording.ts'
import type { ContentFinding, Facts, Lift, Refusal } from '../vocabulary/decision.ts'
import { anyTeamMember, defineGate, refuse } from './gate.ts'
import type { CaseContext, WaiverSubject } from './gate.ts'

type StatedFinding = WordingFinding & { readonly stated: StatedText }

/**
 * A `StatedFinding` is about a sentence that a person wrote and that must not become public. A `ContentFinding` is
 * about a finished text or document that contradicts the case.
 */
type Finding = StatedFinding | ContentFinding

/** A credit is meant to name a person. It may also name their employer, even if that is a recipient. */
const allowedInCredit: readonly WordingProblem[] = ['person', 'recipient']

/**
 * Everything that stops a publication because of its wording. Findings in sentences of people come first. The finished
 * texts and documents are made from these sentences, so correcting a sentence corrects them too.
 */
export function wordingStops(context: CaseContext): readonly Finding[] {
  const { whole, state, findings = [] } = context
  const secret = secretWords(whole, state, releaseCases(context))
  const inFacts = statedTexts(state).flatMap((stated) =>
    wordingFindings(stated.text, secret)
      .filter(({ problem }) => stated.name !== 'credit' || !allowedInCredit.includes(problem))
      .map((finding) => ({ ...finding, stated })),
  )
  return [...inFacts, ...findings.filter((one) => one.case === state.id)]
}

/**
 * Says what is wrong, and quotes the line. If the policy keeps content out of chat, the line is not quoted, and only
 * the text that contains it is named.
 */
function sentence(finding: Finding, isShown: boolean): string {
  if ('where' in finding)
    return isShown
      ? `In the ${finding.where}: ${finding.because}`
      : `The ${finding.where} has a mistake: see it in the terminal.`
  const { stated, problem, line } = finding
  return isShown
    ? `The ${stated.name} says "${shortened(line)}", which ${WORDING_PROBLEMS[problem]}.`
    : `A line of the ${stated.name} ${WORDING_PROBLEMS[problem]}.`
}

function liftOf(finding: Finding, { request: { verb } }: Pick<CaseContext, 'request'>): readonly Lift[] {
  // Once the texts are public, only a correction changes them.
  const correction = verb === 'correct.cve' ? 'correct' : isCorrection(verb) ? verb : undefined
  if ('where' in finding)
    return finding.fact !== undefined
      ? anyTeamMember(`corrects the ${finding.where}`, correction ?? CORRECTED_WITH[finding.fact.is])
      : [{ who: 'the operator', how: `corrects the text that the policy has for the ${finding.where}` }]
  return anyTeamMember('writes it in other words', correction ?? finding.stated.verb)
}

/** The command that corrects a wrong fact before the publication. */
export const CORRECTED_WITH = { versions: 'triage.affects', severity: 'triage' } as const

const isCorrection = (verb: string): boolean => verb === 'correct' || verb === 'correct.withdraw'

/** The subject of a waiver of these findings. */
export const subjectFor = (found: readonly Finding[], isShown: boolean): WaiverSubject | undefined =>
  found.length === 0
    ? undefined
    : {
        key: found.map(keyOf).toSorted().join('\n'),
        about: listAnd([
          ...found.slice(0, MOST_SHOWN).map((finding) => aboutOf(finding, isShown)),
          ...(found.length > MOST_SHOWN ? [`${found.length - MOST_SHOWN} more`] : []),
        ]),
      }

/** The refusal for these findings; undefined without findings. */
export function refusalOf(found: readonly Finding[], isShown: boolean, context: CaseContext): Refusal | undefined {
  const [first] = found
  return first === undefined
    ? undefined
    : refuse(
        'wording',
        `${sentence(first, isShown)}${andMore(first, found.length - 1)}`,
        liftOf(first, context),
        placeOf(first),
      )
}

/** What a finding in a text or document is about: a branch, or the text itself. */
function placeOf(finding: Finding): Facts {
  if (!('where' in finding)) return {}
  return finding.fact?.is === 'versions' ? { branch: finding.fact.branch } : { text: finding.where }
}

function aboutOf(finding: Finding, isShown: boolean): string {
  if ('where' in finding)
    return isShown ? `"${finding.because}" in the ${finding.where}` : `a finding in the ${finding.where}`
  const { stated, problem, line } = finding
  return isShown
    ? `"${shortened(line)}" in the ${stated.name}`
    : `a line of the ${stated.name} that ${WORDING_PROBLEMS[problem]}`
}

/**
 * The maximum number of findings that a waiver's description lists. A team's own template can cause the same finding in
 * every document.
 */
const MOST_SHOWN = 5

export const keyOf = (finding: Finding): string =>
  'where' in finding
    ? `${finding.where}: ${finding.because}`
    : `${finding.stated.name} ${finding.problem} ${finding.line}`

/**
 * People who write an advisory know more than the public may, so their sentences are checked before they are sent. The
 * finished texts and documents are compared with each other and with the case.
 */
export const wording = defineGate({
  id: 'wording',
  rule: 'A public text must not show how to attack, and must not name channels, recipients, other cases or people; all texts and documents must say the same.',
  check: (context) => {
    const { whole, state, actor } = context
    const inTerminal = actor.kind === 'person' && actor.platform === 'terminal'
    return refusalOf(wordingStops(context), inTerminal || !keepsContentOut(whole, state), context)
  },
  passes: () => 'The texts show no attack, and name no channel, recipient, other case or person.',
  waiverSubject: (context) => subjectFor(wordingStops(context), !keepsContentOut(context.whole, context.state)),
  means:
    'A sentence that was copied from a report may show every reader how to attack those who have not upgraded yet. A document that contradicts the others sends people to the wrong version.',
  instead:
    'Write the sentence in other words with `advisory`; or, if the policy replaces our text, correct it there; or, if the sentence must stay, waive this rule with `waive`, a reason and a second person.',
})

function andMore(first: Finding, others: number): string {
  if (others === 0) return ''
  if ('where' in first) return others === 1 ? ' There is 1 more finding.' : ` There are ${others} more findings.`
  return others === 1 ? ' So does 1 more line.' : ` So do ${others} more lines.`
}
