import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { MINUTE } from '@embargo/core'
import { SCOPES } from '@embargo/slack-bot'
import { startSlackEmulator } from '@embargo/emulator-slack'
import type { SlackEmulator } from '@embargo/emulator-slack'
import { sendRawMail, startSmtpSink } from '@embargo/emulator-smtp'
import type { SmtpSink } from '@embargo/emulator-smtp'
import { check, sinkCount } from './check.ts'
import type { Violation } from './check.ts'
import { deathFile } from './death.ts'
import { ANA, APP_TOKEN, BEN, BOT_TOKEN, START } from './house.ts'
import { startImapServer } from './imap-server.ts'
import type { ImapServer } from './imap-server.ts'
import { handOver } from './lmtp-client.ts'
import type { Snapshot } from './messages.ts'
import type { PlannedKill } from './points.ts'
import type { Random } from './random.ts'
import type { Mail } from './reporter.ts'
import { DeathError, CrashError, start } from './running.ts'
import type { RunningProgram } from './running.ts'
import { mainCase, nextMove } from './story.ts'
import { startTargets } from './targets.ts'
import type { Targets } from './targets.ts'
import type { Ending, Move } from './story.ts'

/**
 * How long the machine is off after a death. It is longer than a lease, because on PostgreSQL a new process must wait
 * until the lease of the dead one expires.
 */
const OFF_MS = MINUTE
/** If nothing changes for this long, the case is stuck. The time is long, because the machine may be busy. */
const STUCK_MS = 120_000
/** The pause between two looks at a busy program. */
const LOOK_AGAIN_MS = 25
/** After this many refused commands, the round fails. */
const MAX_REFUSALS = 10

export type Round = {
  readonly deaths: number
  readonly violations: readonly Violation[]
  readonly settled: readonly string[]
  readonly tookMs: number
}

export type RoundOptions = {
  /** The address of an empty PostgreSQL database. If absent, SQLite is used. */
  readonly database?: string
  /**
   * The program dies once at each point of a stage, in the order in which it reaches these points. When it has died at
   * all of them, the next stage begins.
   */
  readonly stages: readonly (readonly PlannedKill[])[]
  readonly random: Random
  /** `corrected` if absent. */
  readonly ending?: Ending
}

/**
 * Plays one case to its end, although the program dies on the way. At the end, checks the external services and the
 * log.
 */
export async function playRound({ stages, random, database, ending = 'corrected' }: RoundOptions): Promise<Round> {
  const began = performance.now()
  const folder = mkdtempSync(join(tmpdir(), 'embargo-kill-'))
  await using sink = await startSmtpSink()
  await using mailbox = await startImapServer()
  await using slack = await startSlackEmulator({
    users: [
      { id: ANA, name: 'ana' },
      { id: BEN, name: 'ben' },
    ],
    appToken: APP_TOKEN,
    botToken: BOT_TOKEN,
    scopes: Object.keys(SCOPES),
  })
  let now: () => number = () => START
  await using targets = await startTargets(folder, () => now())
  const play = new Play({ folder, sink, mailbox, slack, targets, random, stages, database, ending })
  now = () => play.now
  try {
    const violations = await play.toTheEnd().catch(fell)
    return {
      deaths: play.deaths.length,
      violations,
      settled: play.settled.map(({ outcome }) => outcome),
      tookMs: performance.now() - began,
    }
  } finally {
    await play.end()
    rmSync(folder, { recursive: true, force: true })
  }
}

function fell(error: unknown): readonly Violation[] {
  return [{ is: 'wrong', what: error instanceof Error ? (error.stack ?? error.message) : 'an unknown error' }]
}

/** A text that changes when anything arrives, is recorded or is sent. */
const progressOf = ({ streams, came }: Snapshot): string =>
  JSON.stringify([
    came.map(({ id, state }) => [id, state]),
    streams.map(({ id, events, effects }) => [id, events.length, effects.map(({ state }) => state)]),
  ])

type Parts = {
  readonly folder: string
  readonly database: string | undefined
  readonly sink: SmtpSink
  readonly mailbox: ImapServer
  readonly slack: SlackEmulator
  readonly targets: Targets
  readonly random: Random
  readonly stages: readonly (readonly PlannedKill[])[]
  readonly ending: Ending
}

class Play {
  readonly #parts: Parts
  readonly settled: { readonly effect: string; readonly outcome: 'went' | 'again' }[] = []
  readonly #died: PlannedKill[] = []
  #now: number = START
  #running: RunningProgram | undefined
  readonly #accepted = new Set<string>()
  /** How many of the accepted mails the program answered with 250. The others came through the mailbox. */
  #answered = 0
  /** The recipients for whom LMTP has answered 250. */
  readonly #handedOver = new Set<string>()
  #refused: string[] = []
  #commands = 0
  /**
   * A command that got no answer, because the program died. The same command is sent again with the same delivery id.
   */
  #unanswered: { readonly key: string; readonly deliveryId: string } | undefined

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** The time of the story. */
  get now(): number {
    return this.#now
  }

  get deaths(): readonly PlannedKill[] {
    return this.#died
  }

  async toTheEnd(): Promise<readonly Violation[]> {
    let last: Move | undefined
    let moved = { as: '', at: performance.now() }
    while (performance.now() - moved.at < STUCK_MS && this.#refused.length < MAX_REFUSALS) {
      try {
        const running = await this.#alive()
        const seen = await running.look()
        const as = `${this.#died.length} ${progressOf(seen)}`
        if (as !== moved.as) moved = { as, at: performance.now() }
        const { sink, targets, ending } = this.#parts
        last = nextMove({ ending, seen, sent: this.#accepted, sink, targets, now: this.#now })
        if (
          last.do === 'finish' &&
          seen.streams.every(({ effects }) => effects.every(({ state }) => state !== 'pending' && state !== 'leased'))
        ) {
          return await this.#checked(running, seen)
        }
        await this.#make(running, last, seen)
      } catch (error) {
        if (!(error instanceof DeathError)) throw error
        this.#died.push(this.#diedAt())
        // A restart takes time, so a mail that is written again after the restart has a later date than the first one.
        this.#now += OFF_MS
        this.#running = undefined
      }
    }
    const told = [`at ${JSON.stringify(last)}`, ...this.#refused, ...(this.#running?.lines ?? [])]
    return [{ is: 'lost', what: `the case was not closed\n${told.join('\n')}` }]
  }

  async #checked(running: RunningProgram, seen: Snapshot): Promise<readonly Violation[]> {
    const verified = await running.verify()
    const { sink, slack, targets, ending } = this.#parts
    const doubts = this.#died.flatMap(({ doubt }) => (doubt === undefined ? [] : [doubt]))
    return check({
      ending,
      seen,
      verified,
      sink,
      slack,
      targets,
      accepted: this.#accepted,
      settled: this.settled,
      deaths: this.#died.length,
      doubts,
    })
  }

  async end(): Promise<void> {
    await this.#running?.kill()
  }

  async #alive(): Promise<RunningProgram> {
    if (this.#running !== undefined && !this.#running.dead) return this.#running
    const { folder, database, slack, sink, mailbox, targets } = this.#parts
    if (this.#running !== undefined) {
      this.#running = undefined
      throw new DeathError()
    }
    const kills = this.#ahead().map(({ kill }) => kill)
    this.#running = await start({
      folder,
      ...(database === undefined ? {} : { database }),
      slackApiUrl: slack.apiUrl,
      relayPort: sink.port,
      imapPort: mailbox.port,
      githubApiUrl: targets.github.apiUrl,
      cveApiUrl: targets.cve.apiUrl,
      registryUrl: targets.registryUrl,
      now: this.#now,
      offMs: this.#died.length * OFF_MS,
      answered: this.#answered,
      kills,
    })
    return this.#running
  }

  /** The points of the current stage that are still to be reached. */
  #ahead(): readonly PlannedKill[] {
    const left = this.#parts.stages.map((stage) => stage.filter((planned) => !this.#died.includes(planned)))
    return left.find((stage) => stage.length > 0) ?? []
  }

  #diedAt(): PlannedKill {
    const ahead = this.#ahead()
    const file = deathFile(this.#parts.folder)
    const at = existsSync(file)
      ? ahead[Number(readFileSync(file, 'utf8'))]
      : ahead.find(({ kill }) => kill.is === 'moment')
    rmSync(file, { force: true })
    if (at === undefined) throw new CrashError('The program was killed by somebody else.')
    return at
  }

  async #make(running: RunningProgram, move: Move, seen: Snapshot): Promise<void> {
    switch (move.do) {
      case 'wait':
      case 'finish':
        await pause(LOOK_AGAIN_MS)
        return
      case 'mail':
        if (await this.#bring(running, move.mail)) this.#accepted.add(move.mail.messageId)
        else await pause(LOOK_AGAIN_MS)
        return
      case 'move':
        this.#now = move.to
        await running.move(move.to)
        return
      case 'build':
        this.#parts.targets.build(this.#parts.sink.mails)
        return
      case 'settle': {
        const outcome = this.#whatHappened(move.effect, seen)
        await this.#run(running, { account: BEN, verb: 'settle', input: { effect: move.effect, outcome } }, seen)
        this.settled.push({ effect: move.effect, outcome })
        return
      }
      case 'command':
        await this.#run(running, move, seen)
    }
  }

  /**
   * Delivers a mail. Returns whether Embargo has accepted it. Until Embargo answers 250, the sending server keeps the
   * mail and sends it again.
   */
  async #bring({ ports }: RunningProgram, mail: Mail): Promise<boolean> {
    switch (mail.by) {
      case 'imap':
        this.#parts.mailbox.deliver(mail.raw, this.#now)
        return true
      case 'smtp': {
        const [envelopeTo = ''] = mail.to
        const sent = await sendRawMail(ports.smtp, { envelopeFrom: mail.from, envelopeTo, raw: mail.raw }).catch(
          () => undefined,
        )
        if (sent === undefined) return false
        this.#answered += 1
        return true
      }
      case 'lmtp': {
        const waiting = mail.to.filter((to) => !this.#handedOver.has(to))
        const taken = await handOver(ports.lmtp, mail, waiting)
        for (const to of taken) this.#handedOver.add(to)
        if (taken.length < waiting.length) return false
        this.#answered += 1
        return true
      }
    }
  }

  /**
   * Decides as a person who checks whether the mail arrived. A mail that did not arrive is sent again. A mail that
   * arrived is sometimes sent again too, by mistake.
   */
  #whatHappened(effect: string, { streams }: Snapshot): 'went' | 'again' {
    const messageId = streams.flatMap(({ effects }) => effects).find(({ id }) => id === effect)?.messageId
    const arrived = messageId !== undefined && sinkCount(this.#parts.sink, messageId) > 0
    return arrived && this.#parts.random.chance(0.5) ? 'went' : 'again'
  }

  async #run(
    running: RunningProgram,
    asked: { readonly account: string; readonly verb: string; readonly input: Readonly<Record<string, string>> },
    seen: Snapshot,
  ): Promise<void> {
    const number = mainCase(seen)?.id
    if (number === undefined) return
    const key = JSON.stringify(asked)
    const deliveryId = this.#unanswered?.key === key ? this.#unanswered.deliveryId : `delivery-${(this.#commands += 1)}`
    this.#unanswered = { key, deliveryId }
    const { refused, press } = await running.command({ ...asked, case: number, deliveryId })
    this.#unanswered = undefined
    if (refused !== undefined) this.#refused.push(`${asked.verb} was refused: ${refused}`)
    if (press !== undefined && !('digest' in asked.input)) {
      await this.#run(running, { account: asked.account, verb: press.verb, input: press.input }, seen)
    }
  }
}
