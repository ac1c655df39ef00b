import { expect, it } from 'vitest'
import { safeOutput } from './output.ts'

it('keeps our colours, and lets no text from outside control the terminal', () => {
  const lines: string[] = []
  const output = safeOutput({
    out: (text) => void lines.push(text),
    err: (text) => void lines.push(text),
    colour: true,
    interactive: true,
  })
  output.out('\u001B[1mbold\u001B[0m \u001B]0;owned\u0007name\u202E')
  output.err('no role \u001B[2J“x”')
  expect(lines).toEqual(['\u001B[1mbold\u001B[0m ]0;ownedname', 'no role [2J“x”'])
})
