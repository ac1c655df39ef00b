import { describe, expect, it } from 'vitest'
import { CaseId, GATES, ROOT, WAIVABLE_GATES } from '@embargo/core'
import type { Card, Span } from '@embargo/engine'
import { COMMANDS } from '../../src/commands/index.ts'
import { resolve } from '../../src/resolve.ts'
import { CALM, gallery, policyOn } from '../fixtures/gallery.ts'

/** A root command that is not the default, to find texts in which the default root command is hard-coded. */
const RENAMED = 'sec'

const FIRST_WORDS: ReadonlySet<string> = new Set([ROOT, ...COMMANDS.map(({ verb }) => verb.split('.')[0] ?? verb)])

/** Words after `embargo` that are commands of the program and not of chat. Other tests check these. */
const OF_THE_PROGRAM = new Set(['read', 'audit', 'people', 'doctor', 'keys'])

const spansOf = ({ lines, fields }: Card): readonly Span[] => [...lines.flat(), ...fields.flatMap(({ value }) => value)]

const isKnown = (typed: string): boolean => !('unknown' in resolve(COMMANDS, { verb: ROOT, input: typed }))

/** Whether a platform accepts the text exactly as it is printed. */
function isTaken(printed: string): boolean {
  const [first = '', second = '', ...rest] = printed.split(' ')
  if (first === 'embargo')
    return CaseId.safeParse(second).success || second === '<case>'
      ? rest.length === 0 || isKnown(rest.join(' '))
      : OF_THE_PROGRAM.has(second) || isKnown([second, ...rest].join(' '))
  if (first === `/${RENAMED}`) return isKnown([second, ...rest].join(' '))
  // Discord has each verb as a command of its own.
  return second === '' && first.startsWith('/') && isKnown(first.slice(1))
}

const looksTyped = (text: string): boolean => {
  const [first = ''] = text.split(' ')
  return first.startsWith('/') || first === 'embargo' || FIRST_WORDS.has(first)
}

/** Finds commands in our own sentences: text in quotes, and words after a slash or after the program's name. */
function inSentence({ text, hostile, everywhere }: Span): readonly string[] {
  if (hostile === true && everywhere !== true) return []
  const quoted = [...text.matchAll(/[“`]([^”`]+)[”`]/gu)].map(([, words = '']) => words)
  const slashed = [...text.matchAll(/(?<![\w/.…])\/([a-z][a-z-]*)\b(?!\/)/gu)].map(([, word = '']) => word)
  return [
    ...quoted.filter((words) => FIRST_WORDS.has(words.split(' ')[0] ?? '')),
    ...slashed.filter((word) => word !== RENAMED && FIRST_WORDS.has(word)).map((word) => `/${word}`),
  ]
}

describe.each(['slack', 'discord', 'terminal'] as const)('a command that is printed on %s', (platform) => {
  it('is accepted there exactly as it is printed', async () => {
    const { cards } = await gallery(CALM, policyOn(platform), RENAMED)
    const printed = cards.flatMap(({ name, card }) =>
      spansOf(card).flatMap((span) =>
        span.style === 'code' && looksTyped(span.text) ? [{ name, typed: span.text }] : [],
      ),
    )
    expect(printed.length).toBeGreaterThan(20)
    expect(printed.filter(({ typed }) => !isTaken(typed))).toEqual([])
  })

  it('is written only by the renderer of the platform', async () => {
    const { cards } = await gallery(CALM, policyOn(platform), RENAMED)
    const bare = cards.flatMap(({ name, card }) =>
      spansOf(card).flatMap((span) =>
        (span.style === 'code' ? [] : inSentence(span)).map((typed) => ({ name, typed })),
      ),
    )
    expect(bare.filter(({ typed }) => !typed.startsWith('/') || platform !== 'discord')).toEqual([])
  })
})

/**
 * Names of rules that may appear in a text, because people type them after `waive` or because they are also plain
 * words.
 */
const TYPED = new Set<string>([...WAIVABLE_GATES, 'role', 'acknowledged', 'frozen'])

describe('the name of a rule', () => {
  it('is for scripts: people see only the names that they type', async () => {
    const { cards, forms } = await gallery()
    const names = Object.keys(GATES).filter((gate) => !TYPED.has(gate))
    expect(names.length).toBeGreaterThan(20)
    const shown = [
      ...cards.map(({ name, card }) => ({ name, text: card.fallback })),
      ...forms.map(({ name, form }) => ({ name, text: JSON.stringify(form) })),
    ]
    const found = shown.flatMap(({ name, text }) =>
      names
        .filter((gate) => new RegExp(`(?<![\\w-])${gate}(?![\\w-])`, 'u').test(text))
        .map((gate) => ({ name, gate })),
    )
    expect(found).toEqual([])
  })
})
