/** What people type for a verb of core, where that is not its own name. */
const TYPED: Readonly<Record<string, { readonly verb: string; readonly input: Readonly<Record<string, string>> }>> = {
  patch: { verb: 'patch', input: { action: 'submit' } },
  'done.advisory-opened': { verb: 'advisory-link', input: { what: 'opened' } },
  'done.advisory-published': { verb: 'advisory-link', input: { what: 'published' } },
  'cve.request': { verb: 'cve', input: { what: 'request' } },
  'cve.set': { verb: 'cve', input: { what: 'set' } },
  'cve.published': { verb: 'cve', input: { what: 'publish' } },
  'cve.reject': { verb: 'cve', input: { what: 'reject' } },
  'release.plan': { verb: 'release', input: { what: 'plan' } },
  'release.add': { verb: 'release', input: { what: 'add' } },
  'release.drop': { verb: 'release', input: { what: 'drop' } },
  'release.cancel': { verb: 'reschedule', input: { to: 'cancel' } },
  'prenotify.update': { verb: 'prenotify', input: { what: 'update' } },
  'log-answer.has-it': { verb: 'prenotify', input: { what: 'acknowledged' } },
  'embargo.until': { verb: 'embargo', input: { what: 'propose' } },
  'embargo.accept': { verb: 'embargo', input: { what: 'accept' } },
  'embargo.reject': { verb: 'embargo', input: { what: 'reject' } },
  'embargo.extend': { verb: 'embargo', input: { what: 'extend' } },
  'embargo.open': { verb: 'embargo', input: { what: 'open' } },
  'embargo.end': { verb: 'embargo', input: { what: 'terminate' } },
  'signal.public': { verb: 'signal', input: { what: 'public' } },
  'signal.exploit': { verb: 'signal', input: { what: 'exploit' } },
  'signal.attack': { verb: 'signal', input: { what: 'attack' } },
  'signal.leak': { verb: 'signal', input: { what: 'leak' } },
  'signal.wrong': { verb: 'signal', input: { what: 'correct' } },
  'embargo.keep': { verb: 'signal', input: { what: 'go-on' } },
  'log-answer.address': { verb: 'reporter', input: { what: 'address' } },
  'settle.channel.ok': { verb: 'channel', input: { what: 'ok' } },
  'settle.channel.open': { verb: 'channel', input: { what: 'open' } },
  'people.not-reporter': { verb: 'not-from', input: {} },
  'triage.affects': { verb: 'affects', input: {} },
  'triage.duplicate': { verb: 'duplicate', input: {} },
  'triage.not-now': { verb: 'defer', input: {} },
  'log-answer.credit': { verb: 'credit', input: {} },
  'advisory.as': { verb: 'publication', input: {} },
  'done.deployed': { verb: 'deployed', input: {} },
  'done.duty': { verb: 'duty', input: {} },
  'release.move': { verb: 'reschedule', input: {} },
  'disclose.interim': { verb: 'disclose', input: { what: 'interim' } },
  'approve.no': { verb: 'refuse', input: {} },
  'reply.question': { verb: 'ask', input: {} },
  'reply.progress': { verb: 'update', input: {} },
  'party.forward': { verb: 'forward', input: {} },
  'party.wait': { verb: 'wait', input: {} },
  'open.report': { verb: 'split', input: {} },
  'remind.later': { verb: 'snooze', input: {} },
  'people.invite': { verb: 'invite', input: {} },
  'people.consent': { verb: 'consent', input: {} },
  'people.handoff': { verb: 'handoff', input: {} },
  'people.remove': { verb: 'remove', input: {} },
  'people.conflict': { verb: 'conflict', input: {} },
  'lockout.undo': { verb: 'lockout', input: { person: 'undo' } },
  'link.remove': { verb: 'unlink', input: {} },
}

/** Commands that ask of core what another one asks. */
const ASKS_THE_SAME: Readonly<Record<string, string>> = { merge: 'triage.duplicate', answer: 'reply' }

/** Core's verbs are one word; people type `patch submit`. */
export function chatVerbOf(verb: string): { readonly verb: string; readonly input: Readonly<Record<string, string>> } {
  return (Object.hasOwn(TYPED, verb) ? TYPED[verb] : undefined) ?? { verb, input: {} }
}

/**
 * The verb of core that somebody means who types `signal public`, `patch` or `signal-public`; several where it is open, and
 * none where the word is followed by what it does not take. What follows further is not looked at.
 */
export function coreVerbsOf(typed: readonly string[]): readonly string[] {
  const [verb = '', what] = typed
  const ways = Object.entries(TYPED).filter(([, way]) => way.verb === verb)
  const named = ways.filter(([, way]) => what !== undefined && Object.values(way.input).includes(what.toLowerCase()))
  const plain = ways.find(([, way]) => Object.keys(way.input).length === 0)
  if (named.length > 0) return named.map(([core]) => core)
  if (ways.length === 0) return [(Object.hasOwn(ASKS_THE_SAME, verb) ? ASKS_THE_SAME[verb] : undefined) ?? verb]
  if (PLAIN_TOO.has(verb)) return [plain?.[0] ?? verb]
  return what === undefined || ways.length === 1 ? ways.map(([core]) => core) : []
}

/** What may follow a word that is several commands. */
export const waysOf = (verb: string): readonly string[] =>
  Object.values(TYPED).flatMap((way) => (way.verb === verb ? Object.values(way.input) : []))

/** Words that are also commands of their own. */
const PLAIN_TOO: ReadonlySet<string> = new Set(['prenotify', 'disclose', 'reschedule'])
