/** What people type for a verb of core, where that is not its own name. */
const TYPED: Readonly<Record<string, { readonly verb: string; readonly input: Readonly<Record<string, string>> }>> = {
  'patch-submit': { verb: 'patch', input: { action: 'submit' } },
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
}

/** Core's verbs are one word; people type `patch submit`. */
export function chatVerbOf(verb: string): { readonly verb: string; readonly input: Readonly<Record<string, string>> } {
  return (Object.hasOwn(TYPED, verb) ? TYPED[verb] : undefined) ?? { verb, input: {} }
}
