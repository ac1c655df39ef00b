import { CommandId } from '@embargo/core'
import type { MessageId } from '@embargo/core'
import type { CommandResult } from '../commands/command.ts'
import type { RunningEngine } from '../engine.ts'
import { EngineError } from '../shared/engine-error.ts'
import { firstCheck } from './check-again.ts'
import { createLimiter } from './limiter.ts'
import type { Limiter } from './limiter.ts'
import {
  GIVE_UP_AFTER,
  MAILS_AT_ONCE,
  PAUSE_AFTER_FAILURE_MS,
  POLL_MS,
  REST_AFTER_LARGE,
  TAKEN_IN_AT_ONCE,
} from './limits.ts'
import { mayBelongToCase } from './may-belong.ts'
import { createOrder } from './order.ts'
import type { Order, Turn } from './order.ts'
import { createPatience } from './patience.ts'
import type { Patience } from './patience.ts'
import { runPipeline } from './pipeline.ts'
import { placeAsNew } from './place.ts'
import type { Placement } from './place.ts'
import { createSenders } from './senders.ts'
import type { Senders } from './senders.ts'
import { safeError } from '../shared/safe-error.ts'
import { SMALL_MAIL_BYTES } from '../ports/mail-spool.ts'
import type { SpooledMail, WaitingMail } from '../ports/mail-spool.ts'
import { createKeyedMutex } from '../shared/keyed-mutex.ts'
import type { KeyedMutex } from '../shared/keyed-mutex.ts'
import { createNotifier, firstOf, realSleep } from '../shared/signal.ts'
import type { Sleep } from '../shared/signal.ts'

export type Intake = { run(signal: AbortSignal): Promise<void> }

/**
 * Points at which a test may stop the program: before a placed mail is committed to its case, and right after. Bounces
 * have their own points, because they change what is known about a recipient.
 */
export type IntakeCrashPoint = `${'mail' | 'bounce'}-${'placed-before-case' | 'in-case'}`

export type IntakeOptions = {
  readonly engine: RunningEngine
  readonly sleep?: Sleep
  readonly patience?: Patience
  readonly crashPoint?: (name: IntakeCrashPoint) => Promise<void>
  /** Any steady clock, in milliseconds. */
  readonly now?: () => number
}

/**
 * Brings stored mails to their cases. A mail is recorded only once, because the id of its command is made from the id
 * of the mail, and each command id is handled only once.
 */
export function createIntake({
  engine,
  sleep = realSleep,
  patience = createPatience(),
  crashPoint,
  now = () => performance.now(),
}: IntakeOptions): Intake {
  const { spool, log } = engine.deps
  const notifier = createNotifier()
  const limiter = createLimiter(engine.deps)
  const senders = createSenders(engine.deps)
  /** For each waiting mail, how many times placing it has failed since this process started. */
  const failures = new Map<MessageId, number>()
  /** How many times each mail has crashed its parser. Such mails are read again only when no other mail waits. */
  const deaths = new Map<MessageId, number>()

  /** The time from which a large mail may again be read before small ones. */
  let largeAgainAt = 0
  const order = createOrder()
  const answers = createKeyedMutex()

  /** Takes in one mail. Returns false if the mail could not be placed. */
  async function takeOne({ id }: WaitingMail): Promise<boolean> {
    try {
      await take({ engine, crashPoint, limiter, senders, patience, deaths, order, answers }, id, failures.get(id) ?? 0)
      failures.delete(id)
      return true
    } catch (error) {
      if (!isFull(error)) failures.set(id, (failures.get(id) ?? 0) + 1)
      log.error('a mail could not be placed and stays in the spool', { message: id, ...safeError(error) })
      return false
    }
  }

  /** The small mails that are being taken in. */
  const underWay = new Map<MessageId, Promise<void>>()
  /** Whether placing any mail has failed since the last pause. */
  let failed = false

  const allTaken = async (): Promise<void> => void (await Promise.all(underWay.values()))

  /** Begins to take a small mail in, as soon as fewer than `TAKEN_IN_AT_ONCE` are being taken in. */
  async function begin(mail: WaitingMail): Promise<void> {
    while (underWay.size >= TAKEN_IN_AT_ONCE) await Promise.race(underWay.values())
    const taking = takeOne(mail).then((placed) => {
      underWay.delete(mail.id)
      failed ||= !placed
      // Wakes the loop. If placing the mail failed, the loop must pause. If the parser crashed, the loop must read the
      // mail again.
      if (!placed || deaths.has(mail.id)) notifier.notify()
    })
    underWay.set(mail.id, taking)
  }

  /** Takes in, one by one, the mails that must be taken in alone. Stops after the first large mail. */
  async function takeAlone(mails: readonly WaitingMail[], smallOnesWait: boolean): Promise<void> {
    for (const mail of mails) {
      const isLarge = mail.bytes > SMALL_MAIL_BYTES
      if (isLarge && smallOnesWait && now() < largeAgainAt) return
      const from = now()
      failed = !(await takeOne(mail)) || failed
      if (!isLarge) continue
      // Small mails that came in the meantime go first, so no report waits for several large mails.
      largeAgainAt = now() + (now() - from) * REST_AFTER_LARGE
      return
    }
  }

  /** The next mails. A mail that has crashed its parser comes only when no other mail waits or is being taken in. */
  async function nextMails(): Promise<readonly WaitingMail[]> {
    const mails = await spool.waiting(MAILS_AT_ONCE, [...deaths.keys(), ...underWay.keys()])
    if (mails.length > 0 || deaths.size === 0) return mails
    await allTaken()
    return (await spool.waiting(1)).slice(0, 1)
  }

  /** Takes the next mails in. `empty`: the spool has only mails that are being taken in already. */
  async function round(): Promise<'more' | 'empty'> {
    const mails = await nextMails()
    const alone = mails.filter((mail) => isTakenAlone(mail))
    const small = mails.filter((mail) => !isTakenAlone(mail))
    for (const mail of small) await begin(mail)
    if (alone.length > 0 || deaths.size > 0) await allTaken()
    await takeAlone(alone, small.length > 0)
    return mails.length > 0 && (alone.length > 0 || deaths.size > 0 || small.length >= MAILS_AT_ONCE) ? 'more' : 'empty'
  }

  return {
    async run(signal) {
      const unsubscribe = spool.onStore(() => notifier.notify())
      try {
        while (!signal.aborted) {
          const remaining = await round().catch((error: unknown) => {
            log.error('the mail spool could not be read', safeError(error))
            failed = true
          })
          if (remaining === 'empty' && !failed)
            await firstOf(
              signal,
              (stop) => notifier.wait(stop),
              async (stop) => (underWay.size > 0 ? allTaken() : sleep(POLL_MS, stop)),
            )
          if (!failed) continue
          await allTaken()
          failed = false
          await sleep(PAUSE_AFTER_FAILURE_MS, signal)
        }
      } finally {
        unsubscribe()
        await allTaken()
      }
    },
  }
}

/**
 * A large mail is taken in alone, because it needs much memory. If the program died while it parsed a mail, that mail
 * is also taken in alone. If the program then dies again, this mail is surely the cause.
 */
const isTakenAlone = ({ bytes, attempts }: WaitingMail): boolean => bytes > SMALL_MAIL_BYTES || attempts > 0

const isFull = (error: unknown): boolean => error instanceof EngineError && error.code === 'full'

type IntakeContext = {
  readonly engine: RunningEngine
  readonly crashPoint: IntakeOptions['crashPoint']
  readonly limiter: Limiter
  readonly senders: Senders
  readonly patience: Patience
  readonly deaths: Map<MessageId, number>
  readonly order: Order
  readonly answers: KeyedMutex
}

/**
 * Takes one mail in, while others are taken in. Mails are placed in the order in which this function is called. A mail
 * that may belong to a case is read only after every earlier such mail is placed, because the earlier mail may have
 * brought the key with which this one is checked.
 */
async function take(parts: IntakeContext, id: MessageId, failures: number): Promise<void> {
  using turn = parts.order.next()
  const { deps } = parts.engine
  const mail = await deps.spool.open(id)
  // Another process took the mail, or it cannot be read from the spool and was set aside.
  if (mail === undefined) return
  await turn.read.come
  const taking = (await mayBelongToCase(deps, mail))
    ? parts.answers('answers', async () => takeOpened(parts, mail, { failures, turn }))
    : takeOpened(parts, mail, { failures, turn })
  turn.read.pass()
  await taking
}

async function takeOpened(
  parts: IntakeContext,
  mail: SpooledMail,
  { failures, turn }: { readonly failures: number; readonly turn: Turn },
): Promise<void> {
  const { patience, deaths, crashPoint } = parts
  const { deps } = parts.engine
  const { spool, log } = deps
  if (failures >= GIVE_UP_AFTER) {
    // Not even the raw bytes of this mail could be placed. The mail stays stored and listed, but is not tried again,
    // because it would delay every other mail.
    log.error('a mail could not be placed and was set aside', { message: mail.id, failures })
    return spool.setAside(mail.id, 'it could not be placed; the log says why')
  }
  const died = deaths.get(mail.id) ?? 0
  const placed = await runPipeline(deps, mail, { deaths: died, patience })
  if (placed === undefined) {
    deaths.set(mail.id, died + 1)
    return
  }
  deaths.delete(mail.id)
  const { placement } = placed
  // The next check is scheduled before the mail is recorded in its case, so a crash in between cannot prevent the
  // check.
  if (placed.domain.is === 'not-yet') await spool.checkAgain(mail.id, firstCheck(mail, deps.clock.now()))
  await turn.place.come
  const what = placement.is === 'command' && placement.request.verb === 'record-bounce' ? 'bounce' : 'mail'
  await crashPoint?.(`${what}-placed-before-case`)
  const placing = await beginPlacing(parts, mail, { placement, suffix: '' })
  turn.place.pass()
  const answer = await placing.answer
  if (answer?.ok === false && placement.is === 'command') {
    const asNew = await placeAsNew(deps, placed, placement.request)
    await (
      await beginPlacing(parts, mail, { placement: asNew, suffix: ':new' })
    ).answer
  }
  await crashPoint?.(`${what}-in-case`)
}

type PlacementRequest = { readonly placement: Placement; readonly suffix: string }

/**
 * A placement that has begun. The promise is wrapped in an object, because awaiting a promise of a promise waits for
 * both.
 */
type StartedPlacement = { readonly answer: Promise<CommandResult | undefined> }

/**
 * Begins to place a mail, or to hold it for a person if it would open one case too many. When this returns, the mail
 * already counts towards the limit for later mails.
 */
async function beginPlacing(
  { engine, limiter, senders }: Pick<IntakeContext, 'engine' | 'limiter' | 'senders'>,
  mail: SpooledMail,
  { placement, suffix }: PlacementRequest,
): Promise<StartedPlacement> {
  if (await limiter.holds(mail, placement)) return { answer: hold(engine, mail) }
  const known = await senders.recognize(placement)
  const forget = limiter.opened(mail, placement)
  const answer = carryOut(engine, mail, known, suffix)
  const opened = answer.then(
    (done) => (done?.ok === true ? done.stream : undefined),
    () => undefined,
  )
  void opened.then((stream) => stream ?? forget())
  senders.opened(known, opened)
  return { answer }
}

async function hold({ deps: { spool, log } }: RunningEngine, { id }: SpooledMail): Promise<undefined> {
  await spool.hold(id)
  log.info('a mail is held for a person: more cases were opened than the policy allows in an hour', { message: id })
}

async function carryOut(
  { deps }: RunningEngine,
  mail: SpooledMail,
  placement: Placement,
  suffix: string,
): Promise<CommandResult | undefined> {
  if (placement.is === 'aside') {
    await deps.spool.setAside(mail.id, placement.because, placement.as)
    // The mail opens no case (RFC 3834) but must not vanish, so the log tells operators about it.
    deps.log.warn('a mail opened no case and is kept; "embargo read mails" lists it', {
      message: mail.id,
      because: placement.because,
    })
    return undefined
  }
  const { request, reporter } = placement
  return deps.handle(
    {
      commandId: CommandId.parse(`mail:${mail.id}${suffix}`),
      actor: { kind: 'system', part: 'mail' },
      at: deps.clock.now(),
      request,
    },
    { mail: { message: mail.id, ...(reporter !== undefined && { reporter }) } },
  )
}
