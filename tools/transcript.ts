import { readFileSync, writeFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { ON_BOTH, ON_SLACK, transcriptOf } from './transcript-of.ts'

const transcript = process.argv.includes('--both') ? ON_BOTH : ON_SLACK
const { begin, end } = transcript
const readme = readFileSync('README.md', 'utf8')
const [head, rest] = readme.split(begin)
const tail = rest?.split(end)[1]
if (head === undefined || tail === undefined)
  throw new Error(`README.md has lost the marks of its transcript: put them back: ${begin} and ${end}.`)
const shown = transcriptOf(await text(process.stdin), transcript)
writeFileSync('README.md', `${head}${begin}\n\n\`\`\`\n${shown}\n\`\`\`\n\n${end}${tail}`)
