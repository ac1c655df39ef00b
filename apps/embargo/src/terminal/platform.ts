import { OutsideError } from '@embargo/engine'
import type { ChatPlatform } from '@embargo/engine'

/**
 * The terminal as a chat platform. It has no channels of its own: `embargo case` shows a case's cards, made afresh from
 * the log. What the running program prints is the notification alone, so that a system log holds no secret.
 */
export function terminalPlatform(say: (line: string) => void): ChatPlatform {
  return {
    platform: 'terminal',
    openChannel: ({ name }) => Promise.resolve({ channel: name, name }),
    invite: () => Promise.resolve(),
    remove: () => Promise.resolve(),
    post({ effect, card, pin }) {
      if (!pin) print(say, card.notification)
      return Promise.resolve({ message: effect })
    },
    update: () => Promise.resolve(),
  }
}

function print(say: (line: string) => void, line: string): void {
  try {
    say(line)
  } catch (cause) {
    throw new OutsideError('unreachable', 'standard output is closed', { cause })
  }
}
