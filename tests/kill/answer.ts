import { actorOf, CaseId, instant } from '@embargo/core'
import type { Reply } from '@embargo/chat'
import type { OutboxRow } from '@embargo/engine'
import type { MovedClock } from '@embargo/testkit'
import type { Program } from '../../apps/embargo/src/program/program.ts'
import type { CommandAnswer, Ask, EffectSnapshot, Snapshot, StreamSnapshot, StreamVerdict } from './messages.ts'

/** One round of the harness has fewer mails than this. */
const MAX_MAILS = 100

type Parts = { readonly program: Program; readonly clock: MovedClock }

/** Answers a question of the harness. The harness can change the case only with commands, as people do. */
export async function answer({ program, clock }: Parts, question: Ask): Promise<unknown> {
  switch (question.ask) {
    case 'look':
      return look(program)
    case 'verify':
      return verify(program)
    case 'move':
      return clock.moveTo(instant(question.to))
    case 'command':
      return command(program, question)
  }
}

async function command({ router, engine }: Program, request: Extract<Ask, { ask: 'command' }>): Promise<CommandAnswer> {
  return answered(
    await router.handle({
      verb: request.verb,
      input: request.input,
      actor: actorOf(engine.policy.policy, 'slack', request.account),
      place: { platform: 'slack', private: true, case: CaseId.parse(request.case) },
      deliveryId: request.deliveryId,
      at: engine.now(),
    }),
  )
}

function answered(reply: Reply): CommandAnswer {
  if ('refusal' in reply) return { refused: reply.refusal.fallback }
  if ('form' in reply) return { refused: `A form was asked for: ${reply.form.title}` }
  const { actions } = reply.card
  // If a preview has several parts, the person first opens all of them.
  const press = actions.find(({ input }) => 'digest' in input) ?? actions.find(({ input }) => 'part' in input)
  return press === undefined ? {} : { press: { verb: press.verb, input: press.input } }
}

async function verify({ store }: Program): Promise<readonly StreamVerdict[]> {
  const { streams, whole } = await store.events.verifyLog()
  return streams.map(({ stream, ok }) => ({ stream, ok: ok && whole.ok }))
}

async function look({ store, engine }: Program): Promise<Snapshot> {
  const streams: StreamSnapshot[] = []
  for await (const id of store.events.streams()) {
    const state = await engine.queries.state(id)
    if (state === undefined) continue
    const listed = await store.outbox.ofStream(id)
    const rows = await Promise.all(listed.map(({ effect }) => store.outbox.find(effect.id)))
    const effects = rows.flatMap((row) => (row === undefined ? [] : [effectSeen(row)]))
    streams.push({ id, state, events: await engine.queries.history(id), effects })
  }
  const came = await store.spool.list({ limit: MAX_MAILS })
  return {
    streams,
    came: came.map(({ id, envelopeFrom, state, stream }) => ({
      id,
      ...(envelopeFrom === undefined ? {} : { envelopeFrom }),
      state,
      ...(stream === undefined ? {} : { stream }),
    })),
  }
}

function effectSeen({ effect, state, evidence, rendered }: OutboxRow): EffectSnapshot {
  const messageId =
    rendered === undefined ? undefined : /^message-id:\s*(\S+)/imu.exec(new TextDecoder().decode(rendered))?.[1]
  return {
    id: effect.id,
    kind: effect.kind,
    doubt: effect.doubt,
    state,
    ...(effect.kind === 'send-mail' ? { letter: effect.letter } : {}),
    ...(evidence === undefined ? {} : { evidence }),
    ...(messageId === undefined ? {} : { messageId }),
  }
}
