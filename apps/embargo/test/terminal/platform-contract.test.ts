import { chatPlatformContract } from '@embargo/testkit/contract'
import { terminalPlatform } from '../../src/terminal/platform.ts'

chatPlatformContract('terminal', async () => {
  const lines: string[] = []
  let open = true
  const platform = terminalPlatform((line) => {
    if (!open) throw new Error('EPIPE')
    lines.push(line)
  })
  return {
    platform,
    // The terminal has one output for all channels.
    seen: () => lines,
    leaves: () => {
      open = false
    },
    [Symbol.asyncDispose]: async () => undefined,
  }
})
