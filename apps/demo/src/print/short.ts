import type { Line } from '../line.ts'
import { centred, indented, moment } from './layout.ts'

/** A longer line is cut to this many columns. */
const MAX = 76

/** The last line of the short output. */
export const SHORT_END = '\nEvery card, form and mail: npm run demo -- --whole'

/** One line of the play for somebody who has three minutes to read. Undefined if another line says the same. */
export function asShort(line: Line): string | undefined {
  switch (line.line) {
    case 'title':
      return `${centred(line.title.toUpperCase())}\n\n${line.text}`
    case 'scene':
      return `\n${line.number}. ${line.title.toUpperCase()}, ${moment(line.at)}`
    case 'time':
      return `  ~ ${moment(line.at)}`
    case 'does': {
      const [first = ''] = line.what.split('\n')
      // The form is not printed, because the command that opened it is printed already.
      return first.startsWith('(fills in') ? undefined : `  ${line.who}: ${cut(first)}`
    }
    case 'shows':
      return shown(line)
    case 'mail': {
      const { From = '', To = '', Subject = '' } = line.headers
      const subject = Subject.replace(/\[SEC-\d+-\d+\] /u, '')
      const who = line.direction === 'arrives' ? From.split(' <')[0] : `to ${To}`
      return `  ${line.isEncrypted ? '🔒' : '✉'} ${who}: ${subject}`
    }
    case 'stage':
      return `  → ${line.stage}`
    case 'proof':
      return `    ✓ ${line.stream}: ${line.events} events, unbroken`
    case 'note':
      return indented(line.text, '  ')
    default:
      return line satisfies never
  }
}

/**
 * Matches the titles of forms and cards that are not printed. The lines above already say enough: they show the command
 * or the button that opened the form, or the mail that the card is about.
 */
const SAID_ALREADY = /^── |a report arrived$|writes · mail \d+$/u

function shown({ to, what, text }: Extract<Line, { line: 'shows' }>): string | undefined {
  const lines = text.split('\n').filter((each) => each.trim() !== '' && !each.startsWith('@'))
  const [title = '', second = '', ...more] = lines
  if (what === 'pins') return `  ${to} pins:\n${indented(text, '  │ ')}`
  if (SAID_ALREADY.test(title) || what.startsWith('edits')) return undefined
  if (title.endsWith('· Done')) return `    ✓ ${cut(second.replace(/\. .*$/u, '.'))}`
  const heading = title.replace(/^SEC-\S+ · /u, '')
  if (heading.startsWith('not ') && heading !== 'not rated')
    return indented([second, ...more.slice(0, 1)].map((each) => `✗ ${each}`).join('\n'), '    ')
  return heading === 'reminder' ? `    ⏰ ${cut(second)}` : `    ${to.startsWith('#') ? to : 'sees'}: ${heading}`
}

const cut = (text: string): string => (text.length <= MAX ? text : `${text.slice(0, MAX).replace(/\s+\S*$/u, '')} …`)
