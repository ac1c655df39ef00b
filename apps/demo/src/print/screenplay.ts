import type { Line, MailLine } from '../line.ts'
import { cutCard, cutPatches } from './cut.ts'

/** The width of a default terminal. */
const WIDTH = 80

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** One line of the play, as a screenplay has it. */
export function asScreenplay(line: Line): string {
  switch (line.line) {
    case 'title':
      return `${centred(line.title.toUpperCase())}\n\n${line.text}`
    case 'scene':
      return `\n${rule('═')}\n${line.number}. ${line.title.toUpperCase()}  —  ${moment(line.at)}\n${rule('═')}`
    case 'time':
      return `\n${centred(`~ it is ${moment(line.at)} ~`)}`
    case 'does':
      return `\n${line.who.toUpperCase()}\n${indented(cutPatches(line.what), '    ')}`
    case 'shows':
      return `\n  ${line.to} ${line.what}:\n${indented(cutCard(line.text), '  │ ')}`
    case 'mail':
      return mail(line)
    case 'stage':
      return `\n${centred(`── the case is now: ${line.stage} ──`)}`
    case 'proof':
      return `  ✓ ${line.stream}: ${line.events} events, unbroken, head ${line.head}`
    case 'note':
      return `\n${indented(line.text, '  ')}`
    default:
      return line satisfies never
  }
}

function mail({ direction, headers, text, attachments }: MailLine): string {
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  const files = attachments.map(({ name, bytes }) => `[attached: ${name}, ${bytes} bytes]`)
  const body = cutPatches(text.trimEnd()).split('\n')
  return `\n  A mail ${direction}:\n${indented([...head, '', ...body, ...(files.length === 0 ? [] : ['', ...files])].join('\n'), '  ┊ ')}`
}

/** `Tuesday 2 June 2026, 09:12 UTC` */
function moment(iso: string): string {
  const at = new Date(iso)
  return `${DAYS[at.getUTCDay()]} ${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()}, ${iso.slice(11, 16)} UTC`
}

const rule = (character: string): string => character.repeat(WIDTH)

const centred = (text: string): string => `${' '.repeat(Math.max(0, Math.floor((WIDTH - text.length) / 2)))}${text}`

const indented = (text: string, by: string): string =>
  text
    .trimEnd()
    .split('\n')
    .map((each) => `${by}${each}`.trimEnd())
    .join('\n')
