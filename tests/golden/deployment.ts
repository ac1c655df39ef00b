import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import type { DatabaseConfig } from '@embargo/config'
import type { Input, Reply } from '@embargo/chat'
import { renderTerminal } from '@embargo/chat'
import { CaseId, instant } from '@embargo/core'
import { sendMail } from '@embargo/emulator-smtp'
import { quillmark } from '@embargo/testkit/policy'
import { setStage } from '../../apps/demo/src/stage-setting.ts'
import type { StageSetting } from '../../apps/demo/src/stage-setting.ts'

/** The time at the start of the story, a Monday. */
export const OPENS = instant(Date.parse('2026-06-01T09:00Z'))
/** When the first case is disclosed. */
export const DISCLOSES = instant(Date.parse('2026-06-16T14:00Z'))
/** When the golden test begins: after everything in the story. */
export const LATER = instant(Date.parse('2026-06-16T18:00Z'))
/** When the second case is released, after its release was moved. */
export const RELEASES = instant(Date.parse('2026-07-07T14:00Z'))

/** This key protects nothing: it seals invented reports that are in the repository. */
export const MASTER_KEY = new Uint8Array(32).fill(7)

const CAPABILITIES = ['slack', 'discord', 'mail', 'clock'] as const
const PATIENCE_MS = 60_000

/** The whole program without a chat platform. Ana and Ben type in the terminal, and Robin sends mails. */
export class Deployment implements AsyncDisposable {
  readonly #stage: StageSetting

  private constructor(stage: StageSetting) {
    this.#stage = stage
  }

  static async start(database: DatabaseConfig, opening = OPENS): Promise<Deployment> {
    const { prenotification, ...rest } = quillmark('team', { platforms: ['terminal'] })
    // Version 0.1.0 gave this label to every list, so it is in the text that was shown for the waiting approval. The
    // label must stay, because an approval counts only for the text that was shown.
    const lists = prenotification.lists.map((list) => ({ ...list, tlp: 'TLP:AMBER' as const }))
    const policy = { ...rest, prenotification: { ...prenotification, lists } }
    return new Deployment(await setStage({ policy, database, opening, masterKey: MASTER_KEY }))
  }

  get program() {
    return this.#stage.program
  }

  get relay() {
    return this.#stage.relay
  }

  async comes(to: typeof OPENS): Promise<void> {
    this.#stage.clock.moveTo(to)
    await this.rest()
  }

  /** What the person reads as an answer. If the answer is a preview, the person presses the button that continues. */
  async types(who: 'ana' | 'ben', number: number, verb: string, input: Input = ''): Promise<string> {
    const { engine, router } = this.program
    const reply: Reply = await router.handle({
      verb,
      input,
      actor: engine.queries.actorOf('terminal', who),
      place: { platform: 'terminal', case: caseOf(number), private: true },
      deliveryId: randomUUID(),
      at: this.#stage.clock.now(),
    })
    await this.rest()
    if ('form' in reply) throw new Error(`${verb} asks for ${reply.form.title}`)
    if ('refusal' in reply) throw new Error(`${verb}: ${renderTerminal(reply.refusal, { colour: false })}`)
    const goesOn = reply.card.actions.find(({ input: carried }) => 'digest' in carried || 'blob' in carried)
    if (goesOn !== undefined) return this.types(who, number, goesOn.verb, goesOn.input)
    return renderTerminal(reply.card, { colour: false })
  }

  /** Sends a first report, or an answer to the last mail that Robin got about this case. */
  async robinMails(text: string, about?: number): Promise<void> {
    const { clock, program, relay } = this.#stage
    const answered = relay.mails.findLast(
      (mail) =>
        mail.envelopeTo.includes(ROBIN) && about !== undefined && mail.header('Subject').includes(caseOf(about)),
    )
    await sendMail(program.smtpPort ?? 0, {
      from: { name: 'Robin Sample', address: ROBIN },
      to: answered === undefined ? 'security@quillmark.example' : bare(answered.header('Reply-To')),
      subject: answered === undefined ? text.slice(0, 40) : `Re: ${answered.header('Subject')}`,
      text,
      messageId: `<${clock.now()}.${randomUUID()}@sample.example>`,
      date: new Date(clock.now()),
      ...(answered === undefined
        ? {}
        : { inReplyTo: answered.header('Message-ID'), references: [answered.header('Message-ID')] }),
    })
    await this.rest()
  }

  /** Resolves when every effect that is left waits for a time or for the mail relay. */
  async rest(): Promise<void> {
    const until = performance.now() + PATIENCE_MS
    for (let idle = 0; idle < 2; await setTimeout(2)) {
      const { store } = this.program
      const next = await store.outbox.nextAt(CAPABILITIES)
      const isBusy =
        this.#stage.clock.waiting === 0 ||
        (await store.spool.waiting(1)).length > 0 ||
        (next !== undefined && (next <= this.#stage.clock.now() || this.relay.faults.length === 0))
      idle = isBusy ? 0 : idle + 1
      if (isBusy && performance.now() > until)
        throw new Error(`The program does not come to rest at ${this.#stage.clock.now()}: next ${next}`)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stage[Symbol.asyncDispose]()
  }
}

export const ROBIN = 'robin@sample.example'

export const caseOf = (number: number): CaseId => CaseId.parse(`SEC-2026-${String(number).padStart(4, '0')}`)

const bare = (value: string): string => /<([^<>]+)>/u.exec(value)?.[1] ?? value
