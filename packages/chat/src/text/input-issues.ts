import type { z } from 'zod'
import type { OptionInfo } from '../option.ts'
import { choicesInWords } from '../option.ts'
import { cut, safeLine } from './safe-text.ts'

type TypedValues = Readonly<Record<string, string>>

/** A sentence repeats at most this many characters of what was typed. */
const REPEATED_MAX = 60

const NUMBER = new Intl.NumberFormat('en-US')

/** Says what is wrong with the values of a command: one sentence for each mistake, in our own words. */
export function inputIssues(options: readonly OptionInfo[], given: TypedValues, error: z.ZodError): string {
  const sentences = error.issues.map((issue) => {
    const option = options.find(({ name }) => name === String(issue.path[0]))
    return option === undefined ? 'This cannot be read.' : issueInWords(option, given[option.name] ?? '', issue)
  })
  return [...new Set(sentences)].join(' ')
}

function issueInWords(option: OptionInfo, value: string, issue: z.core.$ZodIssue): string {
  const { label, choices, hidden, most } = option
  if (hidden) return 'The data of this button cannot be read. Type the command instead.'
  if (choices !== undefined) return `${label}: choose one of ${choicesInWords(choices)}.`
  if (most !== undefined && value.length > most)
    return `${named(label)} has ${NUMBER.format(value.length)} characters; the limit is ${NUMBER.format(most)}.`
  if (issue.code === 'invalid_format' && issue.format === 'url') return `${label}: a link looks like https://….`
  return OF_VALIDATOR.test(issue.message)
    ? `${label}: “${cut(safeLine(value), REPEATED_MAX)}” does not fit.`
    : `${label}: ${issue.message}.`
}

/** How the validator's own sentences begin. An issue has such a sentence only if our schema does not define another. */
const OF_VALIDATOR = /^(?:Invalid|Too|Unrecognized)\b/u

/** How a message names an option: `The text` for a single word, otherwise the label in quotes. */
const named = (label: string): string => (/^\p{L}+$/u.test(label) ? `The ${label.toLowerCase()}` : `“${label}”`)
