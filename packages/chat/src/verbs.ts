/** What people type for a verb of core, where that is not its own name. */
const TYPED: Readonly<Record<string, { readonly verb: string; readonly input: Readonly<Record<string, string>> }>> = {
  'patch-submit': { verb: 'patch', input: { action: 'submit' } },
  'advisory-opened': { verb: 'advisory-link', input: { what: 'opened' } },
  'advisory-published': { verb: 'advisory-link', input: { what: 'published' } },
  'cve-request': { verb: 'cve', input: { what: 'request' } },
  'cve-set': { verb: 'cve', input: { what: 'set' } },
  'cve-publish': { verb: 'cve', input: { what: 'publish' } },
  'cve-reject': { verb: 'cve', input: { what: 'reject' } },
  'release-plan': { verb: 'release', input: { what: 'plan' } },
  'release-add': { verb: 'release', input: { what: 'add' } },
  'release-drop': { verb: 'release', input: { what: 'drop' } },
  'release-cancel': { verb: 'reschedule', input: { to: 'cancel' } },
  'prenotify-update': { verb: 'prenotify', input: { what: 'update' } },
  'prenotify-acknowledged': { verb: 'prenotify', input: { what: 'acknowledged' } },
  'embargo-propose': { verb: 'embargo', input: { what: 'propose' } },
  'embargo-accept': { verb: 'embargo', input: { what: 'accept' } },
  'embargo-reject': { verb: 'embargo', input: { what: 'reject' } },
  'embargo-extend': { verb: 'embargo', input: { what: 'extend' } },
  'embargo-open': { verb: 'embargo', input: { what: 'open' } },
  'embargo-terminate': { verb: 'embargo', input: { what: 'terminate' } },
  'signal-public': { verb: 'signal', input: { what: 'public' } },
  'signal-exploit': { verb: 'signal', input: { what: 'exploit' } },
  'signal-attack': { verb: 'signal', input: { what: 'attack' } },
  'signal-leak': { verb: 'signal', input: { what: 'leak' } },
  'signal-correct': { verb: 'signal', input: { what: 'correct' } },
  'leak-outlive': { verb: 'signal', input: { what: 'go-on' } },
  'reporter-address': { verb: 'reporter', input: { what: 'address' } },
  interim: { verb: 'disclose', input: { what: 'interim' } },
}

/** Core's verbs are one word; people type `patch submit`. */
export function chatVerbOf(verb: string): { readonly verb: string; readonly input: Readonly<Record<string, string>> } {
  return (Object.hasOwn(TYPED, verb) ? TYPED[verb] : undefined) ?? { verb, input: {} }
}

/** The verb of core that somebody means who types `signal public`, `patch` or `signal-public`; several where it is open. */
export function coreVerbsOf(typed: readonly string[]): readonly string[] {
  const [verb = '', what] = typed
  const ways = Object.entries(TYPED).filter(([, way]) => way.verb === verb)
  if (what === undefined) return ways.length === 0 || PLAIN_TOO.has(verb) ? [verb] : ways.map(([core]) => core)
  return ways.filter(([, way]) => Object.values(way.input).includes(what)).map(([core]) => core)
}

/** Words that are commands by themselves as well. */
const PLAIN_TOO: ReadonlySet<string> = new Set(['prenotify', 'disclose', 'reschedule'])
