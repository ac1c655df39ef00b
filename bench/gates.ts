import {
  BlobId,
  CaseId,
  CommandId,
  decide,
  EventId,
  evolveRecorded,
  explainGates,
  instant,
  MessageId,
  PersonId,
  Policy,
  PROFILES,
  ReporterId,
  ReportId,
  Sha256,
  worldOf,
} from '@embargo/core'
import type { Actor, Recorded, Request, State, StreamId, World } from '@embargo/core'
import { median, timed } from './figure.ts'
import type { Bench } from './figure.ts'

const CASE = CaseId.parse('SEC-2026-0001')
const HASH = Sha256.parse('0'.repeat(64))
const BLOB = BlobId.parse('blob')
const EVENTS = 200
const RUNS = 5
const COMMANDS = 20_000
const TARGET = 30_000
/** A Monday, and the Tuesday of the week after: in the window, and with the lead that the list is promised. */
const MONDAY = instant(Date.UTC(2026, 4, 4, 9))
const RELEASE = instant(Date.UTC(2026, 4, 12, 14))

const recipients = ['north', 'south', 'east'].map((id) => ({
  id,
  name: id,
  address: `security@${id}.example`,
  consented: '2026-01-10',
  plaintext: 'accepted' as const,
}))
const policy = Policy.parse({
  ...PROFILES.team,
  projects: [{ id: 'quillmark', name: 'Quillmark', address: 'security@quillmark.example', cve: 'none' }],
  people: [
    { id: 'ana', name: 'Ana', roles: ['admin', 'team'], osUser: 'ana' },
    { id: 'ben', name: 'Ben', roles: ['team'], osUser: 'ben' },
  ],
  platforms: ['terminal'],
  prenotification: { ...PROFILES.team.prenotification, lists: [{ id: 'distros', name: 'Distributions', recipients }] },
  severities: { critical: { clocks: { decideValidity: '1 day' } } },
})
const inForce = { policy, hash: HASH }
const system: Actor = { kind: 'system', part: 'mail' }
const person = (id: string): Actor => ({
  kind: 'person',
  person: PersonId.parse(id),
  platform: 'terminal',
  account: id,
})

/** The command with the most gates, all of which let it pass: none is spared by an earlier refusal. */
export const gatesBench: Bench = {
  name: 'gates',
  async measure() {
    const world = readyCase()
    const request = { verb: 'prenotify', case: CASE, at: RELEASE, shown: { digest: HASH, blob: BLOB } } as const
    const command = { commandId: CommandId.parse('bench:1'), actor: person('ana'), at: MONDAY, request }
    const gates = explainGates(policy, world, command, MONDAY)?.length ?? 0
    const rates: number[] = []
    for (let run = 0; run <= RUNS; run += 1) {
      const took = await timed(() => {
        for (let n = 0; n < COMMANDS; n += 1) {
          const decision = decide(inForce, world, command, MONDAY)
          if (!decision.ok) throw new Error(decision.refusal.because)
        }
      })
      // The first run warms the compiler up.
      if (run > 0) rates.push((COMMANDS / took) * 1000)
    }
    const value = Math.round(median(rates))
    return [
      {
        work: `decide with all ${gates} gates on a ${world.case?.version ?? 0}-event case`,
        value,
        unit: 'commands/s',
        runs: RUNS,
        target: `${TARGET}`,
        met: value >= TARGET,
      },
    ]
  },
}

/** Everything before the pre-notification is done; mails make up the rest of the events. */
function readyCase(): World {
  const states = new Map<StreamId, State>()
  const run = (request: Request, actor: Actor) => {
    const command = { commandId: CommandId.parse('bench:0'), actor, at: MONDAY, request }
    const decision = decide(inForce, worldOf(CASE, states), command, MONDAY)
    if (!decision.ok) throw new Error(`${request.verb}: ${decision.refusal.because}`)
    for (const { stream, events } of decision.appends)
      for (const event of events) {
        const version = (states.get(stream)?.version ?? 0) + 1
        const recorded: Recorded = {
          eventId: EventId.parse('bench:0:1'),
          stream,
          version,
          at: MONDAY,
          actor,
          commandId: command.commandId,
          policy: HASH,
          event,
        }
        states.set(stream, evolveRecorded(states.get(stream), recorded))
      }
  }
  const mail = (n: number) => MessageId.parse(`mail-${n}`)
  const taken = (n: number): Request => ({
    verb: 'take-in-message',
    case: CASE,
    message: mail(n),
    from: 'reporter',
    report: ReportId.parse(`${CASE}/r1`),
    trust: 'nothing-proven',
    automatic: false,
  })
  const [ana, ben] = [person('ana'), person('ben')]
  run(
    {
      verb: 'open-case',
      case: CASE,
      project: 'quillmark',
      message: mail(0),
      receivedAt: MONDAY,
      reporter: ReporterId.parse('r'),
      identity: { address: 'r@example.org' },
      trust: 'nothing-proven',
      automatic: false,
    },
    system,
  )
  run({ verb: 'ack', case: CASE }, ana)
  run({ verb: 'triage', case: CASE, disposition: 'valid', severity: 'high' }, ana)
  run({ verb: 'affects', case: CASE, branch: 'main', affected: true, range: '< 4.3', fixedVersion: '4.3' }, ana)
  run({ verb: 'assign-patch', case: CASE, to: PersonId.parse('ben'), branches: [] }, ana)
  run({ verb: 'patch-submit', case: CASE, sha256: HASH, blob: BLOB, fileName: 'fix.patch' }, ben)
  run(taken(1), system)
  run({ verb: 'log-answer', case: CASE, message: mail(1), answer: { about: 'verification', fixed: true } }, ana)
  run({ verb: 'advisory', case: CASE, component: 'the loader', impact: 'It reads any file.' }, ana)
  for (let n = 2; (states.get(CASE)?.version ?? 0) < EVENTS; n += 1) run(taken(n), system)
  return worldOf(CASE, states)
}
