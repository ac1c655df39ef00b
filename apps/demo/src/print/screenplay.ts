import type { Line, MailLine } from '../line.ts'
import { cutCard, cutPatches } from './cut.ts'
import { centred, indented, moment, rule } from './layout.ts'

/** One line of the play, formatted as in a screenplay. */
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

function mail({ direction, isEncrypted, headers, text, attachments }: MailLine): string {
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  const files = attachments.map(({ name, bytes }) => `[attached: ${name}, ${bytes} bytes]`)
  const body = cutPatches(text.trimEnd()).split('\n')
  return `\n  A mail ${direction}${isEncrypted ? ', encrypted and signed' : ''}:\n${indented([...head, '', ...body, ...(files.length === 0 ? [] : ['', ...files])].join('\n'), '  ┊ ')}`
}
