import { describe, expect, it } from 'vitest'
import { mailCommand } from './mail.ts'

const RAW = 'Subject: a hole\r\n\r\n\u001B]52;c;cm0gLXJm\u0007hidden \u202Eback\r\n'

async function shown(colour: boolean): Promise<string> {
  const lines: string[] = []
  await mailCommand.run(['show', 'm-1'], {
    output: { out: (text) => void lines.push(text), err: () => undefined, colour, interactive: colour },
    config: () => {
      throw new Error('not asked for')
    },
    ask: async () => ({ raw: RAW }),
  })
  return lines.join('\n')
}

describe('embargo mail show', () => {
  it('lets no mail drive a terminal', async () => {
    expect(await shown(true)).toBe('Subject: a hole\n\n]52;c;cm0gLXJmhidden back\n')
  })

  it('writes the bytes as they came where no terminal reads them', async () => {
    expect(await shown(false)).toBe(RAW)
  })
})
