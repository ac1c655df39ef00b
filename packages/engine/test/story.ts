import { actorOf, CommandId, DAY, instant, PersonId } from '@embargo/core'
import type { PersonRequest, Refusal } from '@embargo/core'
import type { DispatchContext } from '../src/dispatch/context.ts'
import { createScheduler } from '../src/index.ts'
import type { MailPreview } from '../src/commands/preview-mail.ts'
import type { CommandResult, Preview } from '../src/index.ts'
import { CASE, OWN } from './house.ts'
import type { House } from './house.ts'

/** Tuesday 12 May 2026, 14:00 UTC: eight days after the start, in the release window. */
export const RELEASE = instant(Date.UTC(2026, 4, 12, 14, 0))

export const PATCH = '--- a/loader.c\n+++ b/loader.c\n+check(name);\n'

export async function submit(house: House, who: 'ana' | 'ben', request: PersonRequest): Promise<void> {
  const answer: CommandResult = await house.ask(who, request)
  if (!answer.ok) throw new Error(`${request.verb} was refused: ${answer.refusal.gate}: ${answer.refusal.because}`)
}

export async function submitPatch(house: House, text: string): Promise<void> {
  const { blob, sha256 } = await house.engine.commands.putBlob(CASE, new TextEncoder().encode(text))
  await submit(house, 'ben', { verb: 'patch', case: CASE, blob, sha256, fileName: 'fix.patch' })
}

/** The preview of a reply. */
export async function previewReply(
  house: House,
  text: string,
  to: Pick<Extract<PersonRequest, { verb: 'reply' }>, 'case' | 'report'> = { case: CASE },
): Promise<MailPreview | Refusal> {
  const { blob, sha256 } = await house.engine.commands.putBlob(to.case, new TextEncoder().encode(text))
  return house.engine.commands.previewMail({
    commandId: CommandId.parse('test:preview'),
    actor: actorOf(house.engine.policy.policy, 'slack', 'UANA'),
    at: house.clock.now(),
    request: { verb: 'reply', ...to, text: blob, sha256 },
  })
}

/** The Reply-To address of the newest mail that has one, or our own address if no mail has one. */
export function replyTo(house: House): string {
  const mails = house.relay.mails.map(({ raw }) => new TextDecoder().decode(raw))
  return (
    mails.map((text) => /^Reply-To:\s+<?([^>\s]+)>?/mu.exec(text)?.[1]).findLast((found) => found !== undefined) ?? OWN
  )
}

/** Plays a case from the first mail to a verified fix and a written advisory. */
export async function untilReady(house: House): Promise<void> {
  await house.receive()
  await submit(house, 'ana', { verb: 'ack', case: CASE })
  await submit(house, 'ana', { verb: 'triage', case: CASE, disposition: 'valid', severity: 'high', cwe: 'CWE-22' })
  await submit(house, 'ana', {
    verb: 'triage.affects',
    case: CASE,
    branch: 'main',
    affected: true,
    range: '< 4.3',
    fixedVersion: '4.3',
  })
  await submit(house, 'ana', { verb: 'assign-patch', case: CASE, to: PersonId.parse('ben'), branches: [] })
  await submitPatch(house, PATCH)
  await house.drain()
  await house.receive({ to: replyTo(house), body: 'Yes, it does.' })
  const message = (await house.caseState()).messages.at(-1)?.message
  if (message === undefined) throw new Error('the answer is not there')
  await submit(house, 'ana', {
    verb: 'log-answer',
    case: CASE,
    message,
    answer: { about: 'verification', fixed: true },
  })
  await submit(house, 'ana', {
    verb: 'advisory',
    case: CASE,
    component: 'the template loader',
    impact: 'By naming a template an attacker may read files.',
  })
  await house.drain()
}

export function previewOf(preview: Preview | Refusal): Preview {
  if ('gate' in preview) throw new Error(`no preview: ${preview.because}`)
  return preview
}

type IrreversibleRequest = Extract<
  PersonRequest,
  { verb: 'prenotify' | 'disclose' | 'release.move' | 'release.cancel' | 'hold.off' | 'correct' | 'waive' }
>

/** Ana requests the command and Ben approves it, each having seen what would happen. */
export async function requestAndApprove(house: House, request: IrreversibleRequest): Promise<void> {
  const preview = previewOf(await house.engine.commands.preview(request, house.clock.now()))
  await submit(house, 'ana', { ...request, shown: { digest: preview.digest, blob: preview.blob } })
  const again = previewOf(await house.engine.commands.preview({ verb: 'approve', case: CASE }, house.clock.now()))
  await submit(house, 'ben', { verb: 'approve', case: CASE, shown: { digest: again.digest, blob: again.blob } })
}

export async function untilPrenotified(house: House): Promise<void> {
  await untilReady(house)
  await requestAndApprove(house, { verb: 'prenotify', case: CASE, at: RELEASE })
}

/** Performs everything that is due within the next minutes of the machine's clock. */
export async function settle(house: House, change: Partial<DispatchContext> = {}): Promise<void> {
  for (let round = 0; round < 8; round += 1) {
    house.machine.ms += 20_000
    await house.drain(['slack', 'mail'], change)
  }
}

/** Lets a month pass, for example after a case was closed. */
export const passMonth = async (house: House): Promise<void> => passTime(house, 31 * DAY)

/** Lets time pass. Deadlines that become due in this time are announced. */
export async function passTime(house: House, milliseconds: number): Promise<void> {
  const over = new AbortController()
  const running = createScheduler({ engine: house.engine }).run(over.signal)
  house.wait(milliseconds)
  for (let turn = 0; turn < 200; turn += 1) await new Promise((resolve) => setImmediate(resolve))
  over.abort()
  await running
}
