import type { SlackEmulator } from '@embargo/emulator-slack'
import { randomUUID } from 'node:crypto'
import { renderFormAsText, renderTerminal } from '@embargo/chat'
import { CaseId, DAY, HOUR, instant, later, MINUTE } from '@embargo/core'
import type { Instant, Policy } from '@embargo/core'
import { vi } from 'vitest'
import { setStage } from '../../../apps/demo/src/stage-setting.ts'
import type { StageSetting } from '../../../apps/demo/src/stage-setting.ts'
import { Channel } from './channel.ts'
import { Colleague } from './colleague.ts'
import { SECURITY, teamOfThree } from './policy.ts'
import { settle } from './rest.ts'
import { Writer } from './writer.ts'

// Playing a whole week can take long on a busy machine.
vi.setConfig({ testTimeout: 120_000 })

/** A Tuesday morning. */
const TUESDAY = '2026-06-02T09:00Z'

export type WeekOptions = {
  readonly policy?: Policy
  /** When the week begins. By default, on a Tuesday morning. */
  readonly opens?: string
  /** Whether the project and the reporter have OpenPGP keys. */
  readonly encrypted?: boolean
  /** The message to the operator that is expected in this week. Any other message fails the test. */
  readonly operatorIsTold?: RegExp
}

/** One team's week: the whole program, the people who type, the people who send mail, and the time. */
export type Week = {
  readonly ana: Colleague
  readonly ben: Colleague
  readonly dana: Colleague
  /** The reporter. */
  readonly robin: Writer
  /** Creates another person who has only a mail address. */
  readonly somebody: (name: string, address: string) => Writer
  /** The channel of the case that was opened last, or of the case with this number in the year. */
  readonly channel: (number?: number) => Channel
  readonly time: {
    /** Moves the clock by a time such as `3 days` or `30 minutes`. */
    readonly passes: (howLong: string) => Promise<void>
    /** Moves the clock to a time such as `2026-06-05T18:00Z`. */
    readonly comes: (iso: string) => Promise<void>
  }
  /** The relay, on which a test can set faults for the next mails. */
  readonly relay: StageSetting['relay']
  readonly slack: SlackEmulator
  /** The Discord server, if the policy has one. Even then, people type their commands in Slack. */
  readonly discord: StageSetting['discord']
  /**
   * Runs a command in the terminal, as a user of the machine, about the case that was opened last. Returns the answer.
   */
  readonly terminal: (osUser: string, verb: string, input?: string) => Promise<string>
  /** The OpenPGP keys, if the week has `encrypted`. */
  readonly keys: StageSetting['keys']
  /** Every mail that was sent, as `address: subject`. */
  readonly mailsThatLeft: () => readonly string[]
}

/**
 * A test that starts a program and plays a week. At the end, the log must verify, and the program must not have logged
 * anything for its operator.
 */
export const weekTest =
  (play: (week: Week) => Promise<void>, options: WeekOptions = {}) =>
  async (): Promise<void> => {
    const { policy = teamOfThree(), opens = TUESDAY, encrypted = false, operatorIsTold } = options
    await using stage = await setStage({ policy, opening: at(opens), encrypted })
    await play(weekOn(stage))
    await logHolds(stage)
    const troubles = stage.logged.filter((line) => !line.startsWith('info ') && operatorIsTold?.test(line) !== true)
    if (troubles.length > 0) throw new Error(`The operator was told: ${troubles.join('\n')}`)
  }

function weekOn(stage: StageSetting): Week {
  const { program, clock, relay, slack } = stage
  if (slack === undefined) throw new Error('the week is played in Slack')
  const rest = (): Promise<void> => settle(stage)
  const channels = new Map<string, Channel>()
  const channel = (number?: number): Channel => {
    const found = [...slack.state.channels.values()].findLast(({ name }) =>
      number === undefined ? name.startsWith('sec-') : name.endsWith(`-${String(number).padStart(4, '0')}`),
    )
    if (found === undefined) throw new Error('No case has a channel yet.')
    const known = channels.get(found.id) ?? new Channel(slack, found)
    channels.set(found.id, known)
    return known
  }
  const office = { slack, here: () => channel(), rest }
  const post = { relay, clock, port: program.smtpPort ?? 0, securityAddress: SECURITY, rest }
  const moveTo = async (to: Instant): Promise<void> => {
    clock.moveTo(to)
    await rest()
  }
  return {
    ana: new Colleague(office, 'U0ANA'),
    ben: new Colleague(office, 'U0BEN'),
    dana: new Colleague(office, 'U0DANA'),
    robin: new Writer(post, 'Robin Sample', 'robin@sample.example'),
    somebody: (name, address) => new Writer(post, name, address),
    channel,
    time: { passes: (howLong) => moveTo(later(clock.now(), milliseconds(howLong))), comes: (iso) => moveTo(at(iso)) },
    relay,
    slack,
    keys: stage.keys,
    discord: stage.discord,
    terminal: async (osUser, verb, input = '') => {
      const { engine, router } = program
      const reply = await router.handle({
        verb,
        input,
        actor: engine.queries.actorOf('terminal', osUser),
        place: { platform: 'terminal', case: CaseId.parse(channel().number), private: true },
        deliveryId: randomUUID(),
        at: clock.now(),
      })
      await rest()
      if ('form' in reply) return renderFormAsText(reply.form)
      return renderTerminal('refusal' in reply ? reply.refusal : reply.card, { colour: false })
    },
    mailsThatLeft: () => relay.mails.map((mail) => `${mail.envelopeTo.join(', ')}: ${mail.header('Subject')}`),
  }
}

const at = (iso: string): Instant => instant(Date.parse(iso))

const UNITS: Readonly<Record<string, number>> = { minute: MINUTE, hour: HOUR, day: DAY }

function milliseconds(howLong: string): number {
  const [, amount, unit = ''] = /^(\d+) (minute|hour|day)s?$/u.exec(howLong) ?? []
  const one = UNITS[unit]
  if (one === undefined) throw new Error(`“${howLong}” is no time such as "3 days".`)
  return Number(amount) * one
}

/** Checks the log as `embargo audit verify` does. */
async function logHolds({ program: { store } }: StageSetting): Promise<void> {
  const { streams, whole } = await store.events.verifyLog()
  for (const { stream, ok } of streams) if (!ok) throw new Error(`The log of ${stream} does not hold.`)
  if (!whole.ok) throw new Error(`The log does not hold as a whole: ${whole.because}`)
  if (streams.length === 0) throw new Error('The log is empty.')
}
