import { readFileSync, writeFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { BEGIN, END, transcriptOf } from './transcript-of.ts'

const readme = readFileSync('README.md', 'utf8')
const [head, rest] = readme.split(BEGIN)
const tail = rest?.split(END)[1]
if (head === undefined || tail === undefined)
  throw new Error(`README.md has lost the marks around its transcript. Add them again: ${BEGIN} and ${END}.`)
const shown = transcriptOf(await text(process.stdin))
writeFileSync('README.md', `${head}${BEGIN}\n\n\`\`\`\n${shown}\n\`\`\`\n\n${END}${tail}`)
