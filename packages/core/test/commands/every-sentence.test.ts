import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { PersonVerb } from '../../src/index.ts'
import type { Row } from './row.ts'
import { ENTRIES } from './rows.ts'
import { VARIANTS } from './variants.ts'

// Only the rows of commands that take two people have the last two.
type AnyRow = Row<PersonVerb> & Partial<Pick<Row<'waive'>, 'afterwards' | 'foretold'>>

/** What is said to whoever asks: why not, why nothing happens, and what two people read before they say yes. */
const OF_VARIANTS = VARIANTS.flatMap(({ again, atOnce }) => [again, atOnce])
const SAID = [
  ...OF_VARIANTS.flatMap((line) => wordsOf(line)),
  ...ENTRIES.flatMap(([, row]: readonly [string, AnyRow]) => {
    const { refused, noted = [], again, atOnce, afterwards = again, foretold = [] } = row
    const lines = [...refused, ...noted, again, atOnce, afterwards]
    return [...lines.flatMap(wordsOf), ...foretold]
  }),
]

function wordsOf(line: object): readonly string[] {
  return Object.entries(line).flatMap(([key, words]) => (key === 'because' || key === 'nothing' ? [words] : []))
}

const SHOWN_ELSEWHERE = 'it is foretold of a command in another state than its row’s'
const FOR_THE_TYPES = 'a rule refuses before, which the types cannot know'
const OF_ALL = 'it is asked of every command in the same words'
const BESIDE = 'it is said beside what happens'

/** Sentences that no row has, by how they begin. */
const NOT_IN_A_ROW: Readonly<Record<string, string>> = {
  'Your account on ': OF_ALL,
  '… is …; this takes …': OF_ALL,
  'What would leave has changed': OF_ALL,
  'Begins by itself at': SHOWN_ELSEWHERE,
  'Publishes ': SHOWN_ELSEWHERE,
  'Tells of ': SHOWN_ELSEWHERE,
  'Corrects the public heads-up': SHOWN_ELSEWHERE,
  'What is known goes at once to who holds the patches': SHOWN_ELSEWHERE,
  'Cancels the release of …, which carries no other case': SHOWN_ELSEWHERE,
  'Nobody but its author has checked': SHOWN_ELSEWHERE,
  'Concerns ': SHOWN_ELSEWHERE,
  'The team may go on in public': SHOWN_ELSEWHERE,
  'The recipient ': SHOWN_ELSEWHERE,
  'Cases of other releases go on telling ': SHOWN_ELSEWHERE,
  'Every recipient who was told that details got out': SHOWN_ELSEWHERE,
  'That is the contact that was recorded': SHOWN_ELSEWHERE,
  'The report was forwarded to that address before': SHOWN_ELSEWHERE,
  'You wrote or submitted this patch, and nobody else is here': 'only the solo profile has nobody else',
  'THE REPORTER DID NOT AGREE TO BE NAMED': SHOWN_ELSEWHERE,
  'Its reporter’s name and address were not found in it': SHOWN_ELSEWHERE,
  'Goes without …: details may have got out': SHOWN_ELSEWHERE,
  'From then on … is told like the others again': SHOWN_ELSEWHERE,
  'The mail is signed with the key': SHOWN_ELSEWHERE,
  'Nothing proves who sent that mail': SHOWN_ELSEWHERE,
  'The checks contradict who': SHOWN_ELSEWHERE,
  'The approval is void, and nothing left': BESIDE,
  'The same question of ': BESIDE,
  '… What comes of it when nobody acts': BESIDE,
  'There is no such case.': FOR_THE_TYPES,
  'Nobody would own it.': FOR_THE_TYPES,
  'There is nothing that ': FOR_THE_TYPES,
  'The release window never opens': 'the command is shown before it is asked, and this refuses to show it',
}

const PLACES = ['case/commands', 'policy/gates', 'people']
const HOLE = /\$\{(?:[^{}]|\{[^{}]*\})*\}/g

/** Every sentence that stands in a module, what is filled in being `…`. */
const sentencesIn = (source: string): readonly string[] =>
  [...source.replaceAll(/\/\*.*?\*\/|\/\/[^\n]*/gs, '').matchAll(/'((?:[^'\\\n]|\\.)*\.)'|`((?:[^`\\]|\\.)*\.)`/g)]
    .map(([, plain, filled]) => (plain ?? filled ?? '').replaceAll(HOLE, '…'))
    .filter((text) => /^(?:\p{Lu}|…)/u.test(text) && text.includes(' '))

const SENTENCES = PLACES.flatMap((place) => {
  const folder = new URL(`../../src/${place}/`, import.meta.url)
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => sentencesIn(readFileSync(new URL(name, folder), 'utf8')))
})

const fits = (sentence: string): RegExp => {
  const words = sentence.split('…').map((text) => text.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&'))
  return new RegExp(words.join('.+'), 's')
}

/** A sentence with a gap is not said where one without fits into it: "The case is closed." says nothing of "The case is …". */
const PLAIN: ReadonlySet<string> = new Set(SENTENCES.filter((sentence) => !sentence.includes('…')))
const isSaid = (sentence: string): boolean =>
  SAID.some((said) => (PLAIN.has(sentence) ? said.includes(sentence) : !PLAIN.has(said) && fits(sentence).test(said)))

describe('every sentence that a command says', () => {
  it('is found in the sources', () => {
    expect(SENTENCES).toContain('The case is closed.')
    expect(SENTENCES).toContain('… looks after this case.')
    expect(SENTENCES.length).toBeGreaterThan(100)
  })

  it('stands in a row of a command that says it, or is listed with the reason why not', () => {
    const unsaid = SENTENCES.filter((sentence) => !isSaid(sentence))
    const listed = Object.keys(NOT_IN_A_ROW)
    expect(unsaid.filter((sentence) => !listed.some((begins) => sentence.startsWith(begins)))).toEqual([])
    expect(listed.filter((begins) => !unsaid.some((sentence) => sentence.startsWith(begins)))).toEqual([])
  })
})
